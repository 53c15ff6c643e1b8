import{C as e,E as t,S as n,T as r,_ as i,a,b as o,c as s,d as c,f as l,g as u,h as d,i as f,l as p,m,n as h,o as g,p as ee,r as _,s as v,t as te,u as y,v as ne,w as b,x,y as S}from"./repeat-CYtC2ygb.js";var C=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})};function re(e,t,n){let r=p(e),i=e=>e?{start:r(e.start),end:r(e.end)}:null,[a,o]=[i(t),i(n)],s=[a,o].flatMap(e=>e?[e.start,e.end]:[]),c=[];for(let t of e.matchAll(/[^\n]+/g)){if(!t[0].trim())continue;let[n,r]=[t.index,t.index+t[0].length],i=[n,...s.filter(e=>n<e&&e<r).sort((e,t)=>e-t),r];c.push(i.slice(1).flatMap((t,r)=>{let s=i[r]??n;if(s===t)return[];let c=ie(s,o)?`best`:ie(s,a)?`passage`:`text`;return[{text:e.slice(s,t),role:c}]}))}return c}function ie(e,t){return t!==null&&t.start<=e&&e<t.end}var ae=e=>t=>l(t,e),w=ae(`zh`),T=ae(`en`),E={zh:{title:`海河 · 中英双语检索`,pageTitle:e=>`${e} · 海河`,skip:`跳到检索结果`,searchLabel:`用中文或英文提问`,placeholder:`用中文或英文提问`,search:`检索`,switchLanguage:`界面语言`,theme:{label:`明暗`,light:`浅色`,dark:`深色`,auto:`随系统`},lead:`用中文或英文提问，同时找到两种语言的段落。`,leadMore:`每条结果都标出最能回答问题的句子，注明来源与日期，并列出同一报道的另一语言版本。`,examples:{zh:`用中文问，例如`,en:`用英文问，例如`},facts:{label:`这里可以检索的`,articles:`文章`,passages:`段落`,inLanguage:(e,t)=>`${t===`zh`?`中文`:`英文`} ${e}`,published:`发布日期`,range:(e,t)=>`${e}至${t}`,undated:e=>`${w(e)} 篇未注明`,noDay:`均未注明`,sources:`来源`,moreSources:e=>`另有 ${w(e)} 个来源`,unsourced:e=>`${w(e)} 篇未注明`,noSource:`均未注明`},results:`检索结果`,relevant:(e,t,n)=>`${t?`至少 `:``}${w(e)} ${n===`document`?`篇相关文章`:`个相关段落`}`,similarTo:`与此相似：`,similarFound:e=>`${w(e)} 条相似结果`,backToSearch:`返回检索`,searching:`正在检索……`,filters:`筛选`,filtersOn:e=>`筛选（${e}）`,clearFilters:`清除全部筛选`,removeFilter:e=>`取消筛选：${e}`,language:`语言`,source:`来源`,sourceUnknown:`未注明`,moreSources:e=>`其余 ${e} 个来源`,fewerSources:`收起`,date:`日期`,from:`从`,to:`到`,timeline:`按发布时间`,timelineHint:`点击某一段时间即可筛选，再点一次取消`,bar:(e,t)=>`${e}，${w(t)} 条`,undated:e=>`另有 ${w(e)} 条未注明日期`,noDates:`结果均未注明日期`,sort:`排序`,sorts:{relevance:`按相关度`,published:`按日期，新的在前`},group:`每条结果`,groups:{document:`一篇文章`,passage:`一个段落`},exportHits:`导出`,more:(e,t,n)=>`继续显示（已显示 ${w(e)}，${n?`至少`:`共`} ${w(t)}）`,moreUnlikely:`继续显示`,showUnlikely:`也显示不太可能相关的结果`,unlikely:`以下结果不太可能相关`,allShown:`相关结果已全部显示`,nothingRelevant:`没有找到相关内容，以下是最接近的结果。`,nothingPasses:`没有结果符合这些筛选条件。`,nothingFound:`没有找到任何结果。`,emptyIndex:`索引是空的。请先用 haihe index 建立索引。`,nothingRelevantHint:`可以换一种说法，或者放宽筛选条件。`,problems:{title:`检索失败`,unreachable:`连接不上检索服务。请确认服务正在运行、网络通畅，然后重试。`,busy:`服务正在启动或暂时繁忙，稍后会自动重试。`,invalid:`服务不接受这次检索。请按下面的说明修改提问或筛选条件。`,tooLarge:`提问太长。请缩短后重试。`,notFound:`索引里没有这篇文章。它可能已被移除，请重新检索。`,failed:`服务出错了。请重试；如果仍然出错，请把下面的说明告诉管理员。`,retry:`重试`,retryIn:e=>`${e} 秒后自动重试`},article:{label:`文章`,close:`关闭`,loading:`正在打开文章……`,original:`查看原文网页`,by:`作者：`,sameStory:`同一报道的另一语言版本`,beside:`对照阅读`,closeBeside:`结束对照`,toPassage:`回到该段落`,similar:`更多类似文章`,cite:`引用`,copyLink:`复制链接`},exporting:{title:e=>`导出 ${w(e)} 条结果`,format:`格式`,preview:`预览`,copy:`复制`,copied:`已复制。`,copyFailed:`浏览器不允许复制。文本已选中，请按 Ctrl+C。`,download:`下载`,close:`关闭`,authors:`正在读取作者……`,authorsFailed:`有些文章的作者没能读取，引文里缺少作者。`},keys:{title:`键盘`,on:`启用单键快捷键`,list:[[`/`,`提问`],[`j k`,`下一条、上一条`],[`Enter`,`打开文章`],[`Esc`,`关闭`]]},indexed:(e,t)=>`索引中有 ${w(e)} 篇文章，${w(t)} 个段落`},en:{title:`haihe · Search in Chinese and English`,pageTitle:e=>`${e} · haihe`,skip:`Skip to the results`,searchLabel:`Ask in English or Chinese`,placeholder:`Ask in English or Chinese`,search:`Search`,switchLanguage:`Language of the interface`,theme:{label:`Appearance`,light:`Light`,dark:`Dark`,auto:`System`},lead:`Ask in English or Chinese. Find the passages of both.`,leadMore:`Each hit marks the sentence that answers best, names its source and date, and lists the same story in the other language.`,examples:{zh:`Ask in Chinese, for example`,en:`Ask in English, for example`},facts:{label:`What there is to search`,articles:`Articles`,passages:`Passages`,inLanguage:(e,t)=>`${e} in ${t===`zh`?`Chinese`:`English`}`,published:`Published`,range:(e,t)=>`${e} to ${t}`,undated:e=>`${T(e)} undated`,noDay:`not stated`,sources:`Sources`,moreSources:e=>`${T(e)} more`,unsourced:e=>`${T(e)} without a source`,noSource:`not stated`},results:`Results`,relevant:(e,t,n)=>`${t?`At least `:``}${T(e)} relevant ${n===`document`?e===1?`article`:`articles`:e===1?`passage`:`passages`}`,similarTo:`More like`,similarFound:e=>`${T(e)} similar ${e===1?`hit`:`hits`}`,backToSearch:`Back to the search`,searching:`Searching…`,filters:`Filters`,filtersOn:e=>`Filters (${e})`,clearFilters:`Clear all filters`,removeFilter:e=>`Remove the filter ${e}`,language:`Language`,source:`Source`,sourceUnknown:`not stated`,moreSources:e=>`${e} more ${e===1?`source`:`sources`}`,fewerSources:`Fewer sources`,date:`Date`,from:`From`,to:`To`,timeline:`When published`,timelineHint:`Click a bar to keep only that time; click it again to let go`,bar:(e,t)=>`${e}: ${T(t)} ${t===1?`hit`:`hits`}`,undated:e=>`${T(e)} more without a date`,noDates:`None of the hits states a date`,sort:`Order`,sorts:{relevance:`Most relevant first`,published:`Newest first`},group:`A hit is`,groups:{document:`an article`,passage:`a passage`},exportHits:`Export`,more:(e,t,n)=>`Show more (${T(e)} of ${n?`at least `:``}${T(t)})`,moreUnlikely:`Show more`,showUnlikely:`Show what is unlikely to be relevant, too`,unlikely:`Unlikely to be relevant`,allShown:`All relevant hits are shown`,nothingRelevant:`Nothing relevant was found. These come closest.`,nothingPasses:`Nothing passes these filters.`,nothingFound:`Nothing was found.`,emptyIndex:`The index is empty. Fill it with haihe index.`,nothingRelevantHint:`Put the question in other words, or loosen the filters.`,problems:{title:`The search failed`,unreachable:`The search service can’t be reached. Check that it is running and that the network is up, then try again.`,busy:`The service is starting or busy. It is asked again in a moment.`,invalid:`The service doesn’t take this search. Change the question or the filters as it says:`,tooLarge:`The question is too long. Shorten it and try again.`,notFound:`The index has no such article. It may have been removed; search anew.`,failed:`The service failed. Try again; if it fails again, tell its operator what it says:`,retry:`Try again`,retryIn:e=>`Trying again in ${e} s`},article:{label:`Article`,close:`Close`,loading:`Opening the article…`,original:`Original page`,by:`By`,sameStory:`The same story in the other language`,beside:`Read side by side`,closeBeside:`Close`,toPassage:`Back to the passage`,similar:`More like this`,cite:`Cite`,copyLink:`Copy link`},exporting:{title:e=>`Export ${T(e)} ${e===1?`hit`:`hits`}`,format:`Format`,preview:`Preview`,copy:`Copy`,copied:`Copied.`,copyFailed:`The browser doesn’t allow copying. The text is selected: press Ctrl+C.`,download:`Download`,close:`Close`,authors:`Reading the authors…`,authorsFailed:`The authors of some articles could not be read; their references lack them.`},keys:{title:`Keys`,on:`Single-key shortcuts`,list:[[`/`,`ask`],[`j k`,`next, previous hit`],[`Enter`,`open the article`],[`Esc`,`close`]]},indexed:(e,t)=>`${T(e)} ${e===1?`article`:`articles`} and ${T(t)} ${t===1?`passage`:`passages`} in the index`}},D=class extends n{constructor(...e){super(...e),this.documentId=null,this.passageId=null,this.besideId=null,this.hits=[],this.read=()=>Promise.reject(new i(0,``)),this.locale=`en`,this.article=null,this.beside=null,this.#e=!1,this.#t=null,this.#s=()=>{this.documentId&&!O(this.article)&&this.#d(this.documentId),this.besideId&&!O(this.beside)&&this.#f(this.besideId)},this.#p=e=>{e.preventDefault(),this.#h(`article-close`,null)},this.#m=e=>{e.target===this.dialog&&this.#h(`article-close`,null)}}#e;#t;createRenderRoot(){return this}willUpdate(e){e.has(`documentId`)&&(this.article=null,this.documentId&&this.#d(this.documentId)),e.has(`besideId`)&&(this.beside=null,this.besideId&&this.#f(this.besideId)),(e.has(`passageId`)||e.has(`documentId`))&&(this.#e=!0)}updated(){this.documentId&&!this.dialog.open&&this.dialog.showModal(),!this.documentId&&this.dialog.open&&this.dialog.close(),this.#t&&!this.#t.isConnected&&(this.#e=!0),this.#e&&O(this.article)&&(this.#e=!1,this.#u())}render(){let t=E[this.locale].article;return b`
      <dialog class="reader ${this.besideId?`two`:``}" aria-label=${t.label} @cancel=${this.#p} @click=${this.#m}>
        <div class="reader-bar">
          <button type="button" class="plain" @click=${()=>this.#u()} ?hidden=${!this.#c()}>${t.toPassage}</button>
          <button type="button" class="plain close" @click=${()=>this.#h(`article-close`,null)}>${t.close} <kbd>Esc</kbd></button>
        </div>
        <div class="reader-columns">
          ${this.#n(this.article,`main`)} ${this.besideId?this.#n(this.beside,`beside`):e}
        </div>
      </dialog>
    `}#n(t,n){if(!this.documentId)return e;let r=E[this.locale];if(!t)return b`<div class="column"><p class="quiet" role="status">${r.article.loading}</p></div>`;if(!O(t))return b`<div class="column">${this.#o(t)}</div>`;let i=n===`main`;return b`
      <article class="column" lang=${t.language??g(t.text)}>
        ${this.#r(t,i)} ${this.#a(t,i)}
      </article>
    `}#r(t,n){let{article:r}=E[this.locale],{sourceUnknown:i,dateUnknown:a,languages:o}=_[this.locale];return b`
      <header>
        <h2 lang=${g(t.title)}>${t.title}</h2>
        <p class="meta" lang=${this.locale}>
          ${t.language?b`<span>${o[t.language]}</span>`:e}
          <span lang=${g(t.source??i)}>${t.source??i}</span>
          ${t.published?b`<time datetime=${t.published}>${y(t.published,this.locale)}</time>`:b`<span>${a}</span>`}
          ${t.author?b`<span>${r.by} <span lang=${g(t.author)}>${t.author}</span></span>`:e}
        </p>
        <p class="reader-actions" lang=${this.locale}>
          ${se(t.url)?b`<a href=${t.url} target="_blank" rel="noopener noreferrer">${r.original}</a>`:e}
          <button type="button" class="plain" @click=${()=>this.#h(`article-similar`,{documentId:t.id})}>${r.similar}</button>
          <button type="button" class="plain" @click=${()=>this.#h(`article-cite`,{article:t})}>${r.cite}</button>
          ${n?e:b`<button type="button" class="plain" @click=${()=>this.#h(`article-beside`,{documentId:null})}>${r.closeBeside}</button>`}
        </p>
        ${n?this.#i(t):e}
      </header>
    `}#i({counterparts:t}){let{article:n}=E[this.locale];return t.length?b`
      <div class="counterparts" lang=${this.locale}>
        <h3>${n.sameStory}</h3>
        <ul>
          ${t.map(({id:e,title:t})=>b`
              <li>
                <button type="button" class="plain title" lang=${g(t)} @click=${()=>this.#h(`article-open`,{documentId:e})}>${t}</button>
                <button type="button" class="plain" aria-pressed=${this.besideId===e} @click=${()=>this.#h(`article-beside`,{documentId:this.besideId===e?null:e})}>${n.beside}</button>
              </li>
            `)}
        </ul>
      </div>
    `:e}#a(t,n){let r=n?this.#c():this.#l(t.id)?.passage,i=this.#l(t.id,r?.id)?.passage.highlights[0],a=!0;return b`
      <div class="text">
        ${re(t.text,r??null,i??null).map(t=>b`<p>${t.map(({text:t,role:r})=>{if(r===`text`)return t;let i=n&&a;a=!1;let o=r===`best`?b`<mark>${t}</mark>`:t;return b`<span class="passage" ?data-start=${i} tabindex=${i?-1:e}>${o}</span>`})}</p>`)}
      </div>
    `}#o({status:t,detail:n}){let{problems:r}=E[this.locale],i=t===404;return b`
      <div class="problem" role="alert">
        <p>${i?r.notFound:t===0?r.unreachable:t===503?r.busy:r.failed}</p>
        ${n?b`<p class="detail" lang="en">${n}</p>`:e}
        ${i?e:b`<button type="button" class="button" @click=${this.#s}>${r.retry}</button>`}
      </div>
    `}#s;#c(){if(!O(this.article))return;let e=this.passageId??this.#l(this.article.id)?.passage.id;return this.article.passages.find(t=>t.id===e)}#l(e,t){return this.hits.find(({document:n,passage:r})=>n.id===e&&(!t||r.id===t))}#u(){this.#t=this.querySelector(`[data-start]`),this.#t?.focus({preventScroll:!0}),this.#t?.scrollIntoView({block:`center`})}async#d(e){let t=await this.read(e).catch(oe);e===this.documentId&&(this.article=t),this.#e=!0}async#f(e){let t=await this.read(e).catch(oe);e===this.besideId&&(this.beside=t)}#p;#m;#h(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0}))}};h([x({attribute:!1})],D.prototype,`documentId`,void 0),h([x({attribute:!1})],D.prototype,`passageId`,void 0),h([x({attribute:!1})],D.prototype,`besideId`,void 0),h([x({attribute:!1})],D.prototype,`hits`,void 0),h([x({attribute:!1})],D.prototype,`read`,void 0),h([x()],D.prototype,`locale`,void 0),h([o()],D.prototype,`article`,void 0),h([o()],D.prototype,`beside`,void 0),h([S(`dialog`)],D.prototype,`dialog`,void 0),D=h([C(`article-dialog`)],D);function O(e){return e!==null&&!(e instanceof i)}function oe(e){return e instanceof i?e:new i(0,String(e))}function se(e){return e!==null&&/^https?:\/\//i.test(e)}var ce=[`rank`,`score`,`language`,`text`,`best_sentence`,`passage_id`,`start`,`end`,`document_id`,`title`,`source`,`url`,`published`];function le(e){return`\ufeff${[ce,...e.map(({rank:e,score:t,passage:n,document:r})=>[e,t,n.language,n.text,s(n),n.id,n.start,n.end,r.id,r.title,r.source,r.url,r.published])].map(e=>`${e.map(de).join(`,`)}\r\n`).join(``)}`}function ue(e){return`${JSON.stringify(e,null,2)}\n`}function de(e){return e===null?`""`:typeof e==`number`?`"${e}"`:`"${(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(e)?`'${e}`:e).replaceAll(`"`,`""`)}"`}function fe(e,t){return e.map((e,n)=>`[${n+1}] ${me(e,t)}\n`).join(``)}function pe(e){return e.map(e=>`${he(e)}\n`).sort(new Intl.Collator([`en`,`zh-CN`]).compare).join(``)}function me(e,t){let{source:n,published:r}=e,i=Te(e.title),a=Ce(e.url),o=be(_e(e.author));if(a){let e=`${r?`(${r})`:``}[${t}]`,s=o&&o!==n?n:null;return xe(o||n,`${i}[EB/OL]`,Se(s,e),a)}return xe(o,`${i}[${n?`N`:`Z`}]`,Se(n,r))}function he(e){let{source:t,published:n}=e,r=we(Te(e.title)),i=`(${n?ye(n):`n.d.`}).`,a=ve(_e(e.author)),o=a?[we(a),i,r]:[r,i],s=t&&t!==a?we(t):null;return[...o,s,Ce(e.url)].filter(Boolean).join(` `)}var ge=/^\s*(?:by\b|(?:本报|特约)?(?:记者|作者|通讯员)[:：]?)\s*/iu;function _e(e){return e?e.split(/[;；、，,]|\s+(?:and|&)\s+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u).map(e=>e.replace(ge,``).trim()).filter(Boolean):[]}function ve(e){let t=e.at(-1)??``;return e.length<2?t:`${e.slice(0,-1).join(`, `)}, & ${t}`}function ye(e){let t=new Intl.DateTimeFormat(`en-US`,{month:`long`,day:`numeric`,timeZone:`UTC`});return`${e.slice(0,4)}, ${t.format(new Date(`${e}T00:00:00Z`))}`}function be(e){let t=g(e[0]??``)===`zh`?`等`:`et al`;return(e.length>3?[...e.slice(0,3),t]:e).join(`, `)}function xe(...e){return e.filter(Boolean).map(e=>`${e}.`).join(` `)}function Se(...e){return e.filter(Boolean).join(`, `)}function Ce(e){return e&&/^https?:\/\//i.test(e.trim())?e.trim():null}function we(e){return/[.!?。！？…]$/u.test(e)?e:`${e}.`}function Te(e){return e.replace(/\s+/gu,` `).trim()}var Ee={gbt7714:{label:`GB/T 7714—2015`,file:`haihe-references-gbt7714.txt`,type:`text/plain`},apa:{label:`APA 7`,file:`haihe-references-apa.txt`,type:`text/plain`},csv:{label:`CSV`,file:`haihe-hits.csv`,type:`text/csv`},json:{label:`JSON`,file:`haihe-hits.json`,type:`application/json`}},De=Object.keys(Ee),Oe=4,k=class extends n{constructor(...e){super(...e),this.read=()=>Promise.reject(Error()),this.locale=`en`,this.hits=[],this.documents=[],this.format=`gbt7714`,this.cited=null,this.lacksAuthors=!1,this.message=``,this.#a=async()=>{let{exporting:e}=E[this.locale];try{await navigator.clipboard.writeText(this.#r()),this.message=e.copied}catch{this.preview.focus(),this.preview.select(),this.message=document.execCommand(`copy`)?e.copied:e.copyFailed}},this.#o=()=>{let{file:e,type:t}=Ee[this.format],n=URL.createObjectURL(new Blob([this.#r()],{type:`${t};charset=utf-8`}));Object.assign(document.createElement(`a`),{href:n,download:e}).click(),setTimeout(()=>URL.revokeObjectURL(n))},this.#s=e=>{e.target===this.dialog&&this.dialog.close()}}createRenderRoot(){return this}open(e,t,n){this.hits=e,this.documents=[...new Map(t.map(e=>[e.id,e])).values()],this.cited=null,this.message=``,n&&(this.format=n),this.#i(),this.dialog.showModal(),this.updateComplete.then(()=>this.dialog.querySelector(`:checked`)?.focus())}willUpdate(e){e.has(`format`)&&(this.message=``)}render(){let{exporting:e}=E[this.locale],t=this.hits.length?De:De.filter(ke);return b`
      <dialog class="export" aria-labelledby="export-title" @click=${this.#s}>
        <header>
          <h2 id="export-title">${e.title(this.hits.length||this.documents.length)}</h2>
          <button type="button" class="plain" @click=${()=>this.dialog.close()}>${e.close} <kbd>Esc</kbd></button>
        </header>
        <fieldset class="segments">
          <legend class="unseen">${e.format}</legend>
          ${t.map(e=>b`
              <label>
                <input type="radio" name="format" value=${e} .checked=${e===this.format} @change=${()=>this.#e(e)} />
                <span>${Ee[e].label}</span>
              </label>
            `)}
        </fieldset>
        <textarea readonly rows="12" spellcheck="false" aria-label=${e.preview} .value=${this.#r()}></textarea>
        <div class="export-actions">
          <button type="button" class="button main" ?disabled=${!this.#t()} @click=${this.#a}>${e.copy}</button>
          <button type="button" class="button" ?disabled=${!this.#t()} @click=${this.#o}>${e.download}</button>
          <p role="status">${this.message||this.#n()}</p>
        </div>
      </dialog>
    `}#e(e){this.format=e}#t(){return!ke(this.format)||this.cited!==null}#n(){let{exporting:e}=E[this.locale];return ke(this.format)?this.cited?this.lacksAuthors?e.authorsFailed:``:e.authors:``}#r(){if(this.format===`csv`)return le(this.hits);if(this.format===`json`)return ue(this.hits);let e=this.cited??[];return this.format===`apa`?pe(e):fe(e,Ae())}async#i(){let{documents:e}=this,t=e.map(e=>({...e,author:null})),n=0,r=0;await Promise.all(Array.from({length:Oe},async()=>{for(let i=r++;i<e.length;i=r++){let r=await this.read(e[i]?.id??``).catch(()=>null);r?t[i]=r:n++}})),e===this.documents&&(this.cited=t,this.lacksAuthors=n>0)}#a;#o;#s};h([x({attribute:!1})],k.prototype,`read`,void 0),h([x()],k.prototype,`locale`,void 0),h([o()],k.prototype,`hits`,void 0),h([o()],k.prototype,`documents`,void 0),h([o()],k.prototype,`format`,void 0),h([o()],k.prototype,`cited`,void 0),h([o()],k.prototype,`lacksAuthors`,void 0),h([o()],k.prototype,`message`,void 0),h([S(`dialog`)],k.prototype,`dialog`,void 0),h([S(`textarea`)],k.prototype,`preview`,void 0),k=h([C(`export-dialog`)],k);function ke(e){return e===`gbt7714`||e===`apa`}function Ae(){let e=new Date;return new Date(e.getTime()-e.getTimezoneOffset()*6e4).toISOString().slice(0,10)}var je=1e3,A={query:``,language:null,sources:[],from:null,to:null,sort:`relevance`,groupBy:`document`,count:20,unlikely:!1,like:null,likeDocument:null,document:null,passage:null,beside:null,locale:null};function Me(e){let t=new URLSearchParams(e),n=e=>t.get(e)?.trim()||null;return{query:n(`q`)??``,language:v(n(`in`)),sources:[...new Set(t.getAll(`source`).filter(Boolean))],from:Pe(n(`from`)),to:Pe(n(`to`)),sort:n(`sort`)===`published`?`published`:`relevance`,groupBy:n(`group`)===`passage`?`passage`:`document`,count:Fe(n(`n`)),unlikely:n(`unlikely`)===`1`,like:n(`like`),likeDocument:n(`of`),document:n(`doc`),passage:n(`at`),beside:n(`beside`),locale:v(n(`ui`))}}function j(e){let t=new URLSearchParams,n=(e,n,r=!1)=>{n&&!r&&t.append(e,n)};n(`q`,e.query),n(`in`,e.language);for(let t of e.sources)n(`source`,t);n(`from`,e.from),n(`to`,e.to),n(`sort`,e.sort,e.sort===A.sort),n(`group`,e.groupBy,e.groupBy===A.groupBy),n(`n`,String(e.count),e.count===20),n(`unlikely`,e.unlikely?`1`:null),n(`like`,e.like),n(`of`,e.likeDocument),n(`doc`,e.document),n(`at`,e.passage),n(`beside`,e.beside),n(`ui`,e.locale);let r=t.toString();return r?`?${r}`:``}var M=[`language`,`source`,`month`];function N(e,t){return t===`language`?e.language!==null:t===`source`?e.sources.length>0:e.from!==null||e.to!==null}function P(e,t){let n=t?[t]:M;return{...e,...n.includes(`language`)&&{language:null},...n.includes(`source`)&&{sources:[]},...n.includes(`month`)&&{from:null,to:null},...F}}var F={count:20,unlikely:!1};function I(e,t,n){return{query:e.query,k:n,offset:t,group_by:e.groupBy,sort:e.sort,...e.language&&{languages:[e.language]},...e.sources.length&&{sources:e.sources},...e.from&&{published_from:e.from},...e.to&&{published_to:e.to}}}function L(e,t){return Ne(e)===Ne(t)}function Ne(e){let{like:t}=e;return JSON.stringify(t?[t]:[I(e,0,1)])}function Pe(e){let t=new Date(`${e}T00:00:00Z`);return!Number.isNaN(t.getTime())&&t.toISOString().startsWith(`${e}T`)?e:null}function Fe(e){let t=Number(e);return Number.isInteger(t)&&t>0?Math.min(t,je):20}var Ie=8;function Le(e){return b`${Be(e)} ${Ue(e)} ${He(e)}`}function Re({state:t,locale:n,texts:i,go:a}){let o=M.filter(e=>N(t,e));if(!o.length||t.like)return e;let s={language:t.language?_[n].languages[t.language]:``,source:t.sources.join(n===`zh`?`、`:`, `),month:`${t.from?y(t.from,n):`…`} – ${t.to?y(t.to,n):`…`}`};return b`
    <ul class="chips">
      ${o.map(e=>b`
          <li>
            <button type="button" class="chip" aria-label=${i.removeFilter(s[e])} @click=${()=>a(P(t,e))}>
              <span>${s[e]}</span><svg viewBox="0 0 10 10" aria-hidden="true">${r`<path d="M2 2l6 6M8 2l-6 6"></path>`}</svg>
            </button>
          </li>
        `)}
      ${o.length>1?b`<li><button type="button" class="plain" @click=${()=>a(P(t))}>${i.clearFilters}</button></li>`:e}
    </ul>
  `}function ze({state:e}){return M.filter(t=>N(e,t)).length}function Be({state:t,results:n,locale:i,texts:a,go:o}){let s=f.map(e=>({language:e,count:Ge(n.facets.language,e)})),c=s.reduce((e,{count:t})=>e+t,0),u=We(s.map(({count:e})=>e)),d=e=>o({language:t.language===e?null:e,...F});return b`
    <section class="filter" aria-labelledby="filter-language">
      <h2 id="filter-language">${a.language}</h2>
      ${Ve(s,c,t.language,d)}
      <ul class="languages">
        ${s.map(({language:n,count:a},o)=>b`
            <li>
              <button type="button" class="choice" data-language=${n} aria-pressed=${t.language===n} @click=${()=>d(n)}>
                <svg class="key ${n}" viewBox="0 0 10 10" aria-hidden="true">${r`<rect width="10" height="10"></rect>`}</svg>
                <span class="name">${_[i].languages[n]}</span>
                <span class="count">${l(a,i)}${c?b` <span class="share">${ee((u[o]??0)/100,i)}</span>`:e}</span>
              </button>
            </li>
          `)}
      </ul>
    </section>
  `}function Ve(e,t,n,i){let a=0,o=e.map(({language:e,count:n})=>{let r=t?100*n/t:0,i={language:e,x:a,width:r};return a+=r,i});return b`
    <svg class="shares" aria-hidden="true">
      ${r`<rect class="track" width="100%" height="100%"></rect>`}
      ${o.map(({language:e,x:t,width:a})=>r`
          <rect
            class="${e} ${n&&n!==e?`off`:``}"
            x="${t}%" width="${a}%" height="100%"
            @click=${()=>i(e)}
          ></rect>
        `)}
    </svg>
  `}function He({state:t,results:n,locale:r,texts:i,go:a,showsAllSources:o,toggleSources:s}){let c=n.facets.source,u=c.filter(e=>e.value!==null),d=t.sources.filter(e=>!u.some(({value:t})=>R(t,e))),f=[...d.map(e=>({value:e,count:0})),...u],p=o?f:f.slice(0,Math.max(Ie,d.length)),m=c.find(({value:e})=>e===null)?.count??0,h=e=>a({sources:Ke(t.sources,e),...F});return b`
    <section class="filter" aria-labelledby="filter-source">
      <h2 id="filter-source">${i.source}</h2>
      <ul class="sources">
        ${p.map(({value:e,count:n})=>b`
            <li>
              <label>
                <input type="checkbox" name="source" .value=${e} .checked=${t.sources.some(t=>R(t,e))} @change=${()=>h(e)} />
                <span class="name" lang=${g(e)}>${e}</span>
                <span class="count">${l(n,r)}</span>
              </label>
            </li>
          `)}
        ${m?b`<li class="unknown"><span class="name">${i.sourceUnknown}</span><span class="count">${l(m,r)}</span></li>`:e}
      </ul>
      ${f.length>Ie?b`<button type="button" class="plain" aria-expanded=${o} @click=${s}>${o?i.fewerSources:i.moreSources(f.length-p.length)}</button>`:e}
    </section>
  `}function Ue({state:e,texts:t,go:n}){let r=t=>r=>{let i=r.target.value||null,a={from:e.from,to:e.to,[t]:i};n({...a.from&&a.to&&a.from>a.to?{from:a.to,to:a.from}:a,...F})};return b`
    <section class="filter" aria-labelledby="filter-date">
      <h2 id="filter-date">${t.date}</h2>
      <div class="dates">
        <label><span>${t.from}</span><input type="date" name="from" .value=${e.from??``} @change=${r(`from`)} /></label>
        <label><span>${t.to}</span><input type="date" name="to" .value=${e.to??``} @change=${r(`to`)} /></label>
      </div>
    </section>
  `}function We(e){let t=e.reduce((e,t)=>e+t,0),n=0;return e.map(e=>{let r=Math.round(100*(n+e)/(t||1))-Math.round(100*n/(t||1));return n+=e,r})}function Ge(e,t){return e.find(e=>e.value===t)?.count??0}function R(e,t){return e.toLowerCase()===t.toLowerCase()}function Ke(e,t){let n=e.filter(e=>!R(e,t));return n.length<e.length?n:[...e,t]}var qe=new Set([`dense`,`sentences`,`tokens`,`second`]),Je={deviations:7,nats:14},Ye={deviations:[1,2.5,4],nats:[1,4,8]},z=100,Xe=6;function Ze(e){return Object.entries(e.signals).filter(e=>e[1]!==null&&e[1]!==0).map(([e,t])=>({name:e,unit:qe.has(e)?`deviations`:`nats`,value:e===`missing`?-t:t})).sort((e,t)=>B(t)-B(e))}function Qe({unit:e,value:t},n){if(t<0)return n.against;let r=Ye[e].filter(e=>t>=e).length;return n.strengths[r+1]??``}function B({unit:e,value:t}){return Math.max(-1,Math.min(1,t/Je[e]))}var V=class extends n{constructor(...e){super(...e),this.explanation=null,this.score=0,this.locale=`en`}static{this.styles=t`
    :host { display: block; font-size: 0.8125rem; line-height: 1.5; }
    p { margin: 0 0 0.5rem; }
    table { border-collapse: collapse; width: 100%; max-width: 36rem; }
    th { font-weight: 400; text-align: left; padding: 0.125rem 0.75rem 0.125rem 0; }
    td { padding: 0.125rem 0.75rem 0.125rem 0; white-space: nowrap; }
    td:last-child { color: var(--haihe-soft); font-variant-numeric: tabular-nums; text-align: right; padding-right: 0; }
    svg { display: block; width: 100%; min-width: 4rem; height: 0.375rem; }
    .bar { width: 40%; }
    .track { fill: var(--haihe-line); }
    .for { fill: var(--haihe-accent); }
    .against { fill: var(--haihe-alert); }
    ul { list-style: none; display: inline; margin: 0; padding: 0; }
    li { display: inline-block; margin: 0 0.625rem 0.125rem 0; }
    .kind, .note { color: var(--haihe-soft); }
    .term { color: var(--haihe-ink); }
    .note { margin: 0.5rem 0 0; font-size: 0.75rem; }
  `}render(){if(!this.explanation)return e;let t=_[this.locale],n=Ze(this.explanation);return b`
      <p>${this.#e(n)}</p>
      <table>
        <tbody>${n.map(e=>this.#t(e))}</tbody>
      </table>
      ${this.#n(this.explanation.matched)}
      <p class="note">${t.explanation.note}</p>
    `}#e(e){let t=_[this.locale],n=e.filter(e=>e.value>0).slice(0,2).map(e=>t.explanation.signals[e.name]??e.name),r=this.locale===`zh`?`。`:`. `;return t.likelihood(this.score)+r+(n.length?t.explanation.foremost(n):``)}#t(e){let t=_[this.locale].explanation,n=e.unit===`deviations`?`σ`:`nat`;return b`
      <tr>
        <th scope="row">${t.signals[e.name]??e.name}</th>
        <td class="bar">${$e(B(e))}</td>
        <td>${Qe(e,t)}</td>
        <td>${e.value>0?`+`:`−`}${Math.abs(e.value).toFixed(1)} ${n}</td>
      </tr>
    `}#n(t){let n=_[this.locale].explanation,r=t.filter(e=>e.weight>0);if(!r.length)return e;let i=this.locale===`zh`?`：`:`: `;return b`
      <div class="note">
        ${n.matched}${i}
        <ul>${r.map(e=>b`
            <li>
              <span class="term" lang=${g(e.text)}>${e.text}</span>
              <span class="kind">(${n.kinds[e.kind]??e.kind})</span>
            </li>
          `)}</ul>
      </div>
    `}};h([x({attribute:!1})],V.prototype,`explanation`,void 0),h([x({type:Number})],V.prototype,`score`,void 0),h([x()],V.prototype,`locale`,void 0),V=h([C(`score-explanation`)],V);function $e(e){let t=Math.abs(e)*z;return b`
    <svg viewBox="0 0 ${z} ${Xe}" preserveAspectRatio="none" aria-hidden="true">
      ${r`<rect class="track" y="2.5" width=${z} height="1"></rect>`}
      ${r`<rect class=${e<0?`against`:`for`} width=${t} height=${Xe}></rect>`}
    </svg>
  `}var H=class extends n{constructor(...e){super(...e),this.hit=null,this.locale=`en`,this.actions=[],this.hrefOf=()=>`#`,this.others=new Map,this.explained=!1,this.explanationFailed=!1}static{this.shadowRootOptions={...n.shadowRootOptions,delegatesFocus:!0}}static{this.styles=t`
    :host { display: block; container-type: inline-size; color: var(--haihe-ink); }
    :lang(zh) { font-variant-east-asian: normal; text-autospace: normal; }
    :lang(en) { font-variant-east-asian: proportional-width; text-autospace: no-autospace; }
    article { display: grid; grid-template-columns: 2rem minmax(0, 1fr); column-gap: 0.75rem; }
    .rank { color: var(--haihe-soft); font: 0.8125rem/1.75rem var(--haihe-sans); font-variant-numeric: tabular-nums; text-align: right; }
    h3 { margin: 0; font: 600 1.125rem/1.45 var(--haihe-serif); text-wrap: pretty; overflow-wrap: anywhere; }
    h3:lang(zh) { font-weight: 700; font-size: 1.0625rem; line-height: 1.6; }
    a { color: inherit; text-decoration-line: underline; text-decoration-color: transparent; text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
    a:hover { color: var(--haihe-accent); text-decoration-color: currentColor; }
    a:focus-visible, button:focus-visible { outline: 2px solid var(--haihe-accent); outline-offset: 2px; border-radius: 2px; }
    .meta { margin: 0.125rem 0 0.375rem; color: var(--haihe-soft); font-size: 0.8125rem; line-height: 1.5; }
    .meta > * + *::before { content: "·"; margin: 0 0.4em; color: var(--haihe-edge); }
    .badge { color: var(--haihe-ink); font-weight: 600; font-size: 0.75rem; }
    .unknown { font-style: italic; }
    .unknown:lang(zh) { font-style: normal; }
    .passage { margin: 0; font-size: 0.9375rem; line-height: 1.6; overflow-wrap: anywhere; white-space: pre-line; }
    .passage:lang(zh) { line-height: 1.75; text-align: justify; }
    mark { background: var(--haihe-mark); color: inherit; padding: 0.1em 0; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
    .actions { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: 0.25rem; }
    button { appearance: none; border: 0; background: none; padding: 0.25rem 0; min-height: 1.75rem; color: var(--haihe-soft); font: 0.8125rem/1.25 var(--haihe-sans); cursor: pointer; }
    button:hover, button[aria-expanded="true"] { color: var(--haihe-accent); text-decoration: underline; text-underline-offset: 0.2em; }
    .meter { width: 2.25rem; height: 0.3rem; margin-right: 0.375rem; vertical-align: 0.1em; }
    .meter rect { fill: var(--haihe-line); }
    .meter rect + rect { fill: var(--haihe-accent); }
    .explanation { margin-top: 0.25rem; padding: 0.75rem 0 0.25rem; border-top: 1px solid var(--haihe-line); font-size: 0.8125rem; }
    aside { grid-column: 2; margin-top: 0.625rem; padding-left: 0.75rem; border-left: 2px solid var(--haihe-line); font-size: 0.8125rem; line-height: 1.5; }
    h4 { margin: 0 0 0.125rem; font: 600 0.75rem/1.5 var(--haihe-sans); color: var(--haihe-soft); }
    aside a { font: 600 0.875rem/1.45 var(--haihe-serif); overflow-wrap: anywhere; }
    aside p { margin: 0.125rem 0 0; color: var(--haihe-soft); overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; line-clamp: 4; overflow: hidden; }
    ul { list-style: none; margin: 0; padding: 0; }
    li + li, h4:not(:first-child) { margin-top: 0.375rem; }
    @container (min-width: 46rem) {
      article.beside { grid-template-columns: 2rem minmax(0, 1fr) minmax(12rem, 30%); }
      aside { grid-column: 3; grid-row: 1; margin: 0.25rem 0 0 0.75rem; }
    }
    @container (max-width: 30rem) {
      article { grid-template-columns: minmax(0, 1fr); }
      .rank { display: none; }
      aside { grid-column: 1; }
      .passage:lang(zh) { text-align: start; }
    }
    @media print {
      .actions { display: none; }
      mark { background: none; text-decoration: underline; }
    }
  `}shouldUpdate(){return this.hit!==null}render(){let t=this.hit;if(!t)return e;let n=t.document.counterparts.length>0;return b`
      <article class=${n?`beside`:``} aria-labelledby="title">
        <span class="rank" aria-hidden="true">${t.rank}</span>
        <div>
          ${this.#t(t)} ${this.#n(t)} ${this.#r(t)} ${this.#i(t)} ${this.#s(t)}
        </div>
        ${n?this.#c(t.document.counterparts):e}
      </article>
    `}get#e(){return _[this.locale]}#t({document:e,passage:t}){return b`
      <h3 id="title" lang=${g(e.title)}>
        <a href=${this.hrefOf(e.id,t.id)} @click=${this.#u(e.id,t.id)}
          >${e.title}</a
        >
      </h3>
    `}#n({document:t,passage:n,also_in:r}){let{badge:i,languages:a,alsoIn:o}=this.#e,s=r.map(e=>e.source??e.title).join(`; `);return b`
      <p class="meta">
        <span class="badge" title=${a[n.language]}>${i[n.language]}</span
        >${et(t,this.#e)}${tt(t,this.#e,this.locale)}${r.length?b`<span title=${s}>${o(r.length)}</span>`:e}
      </p>
    `}#r({passage:e}){let t=m(e.text,e.start,e.highlights);return b`<p class="passage" lang=${e.language}>${t.map(e=>e.marked?b`<mark>${e.text}</mark>`:e.text)}</p>`}#i(t){if(!this.actions.length)return e;let{moreLikeThis:n,cite:r}=this.#e;return b`
      <div class="actions">
        ${this.actions.includes(`explain`)?this.#o(t):e}
        ${this.actions.includes(`similar`)?this.#a(`hit-similar`,t,n):e}
        ${this.actions.includes(`cite`)?this.#a(`hit-cite`,t,r):e}
      </div>
    `}#a(e,t,n){return b`<button type="button" class=${e} aria-describedby="title" @click=${()=>this.#d(e,{hit:t})}>${n}</button>`}#o(e){let{relevance:t,why:n}=this.#e;return b`
      <button
        type="button"
        class="hit-explain"
        aria-expanded=${this.explained}
        aria-describedby="title"
        @click=${()=>this.#d(`hit-explain`,{hit:e})}
      >
        <svg class="meter" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="12"></rect>
          <rect width=${e.score*100} height="12"></rect></svg
        >${t(e.score)} · ${n}
      </button>
    `}#s(t){if(!this.explained)return e;let{loading:n,failed:r}=this.#e.explanation,i=t.explanation?b`<score-explanation .explanation=${t.explanation} .score=${t.score} .locale=${this.locale}></score-explanation>`:this.explanationFailed?r:n;return b`<div class="explanation" role="status">${i}</div>`}#c(e){let t=f.map(t=>({language:t,found:e.filter(e=>e.language===t)})).filter(({found:e})=>e.length);return b`
      <aside>
        ${t.map(({language:e,found:t})=>b`
            <h4>${this.#e.sameStory[e]}</h4>
            <ul>${t.map(e=>this.#l(e))}</ul>
          `)}
      </aside>
    `}#l({id:t,title:n}){let r=this.others.get(t),i=r?.passage.id??null,a=r?s(r.passage):``;return b`
      <li>
        <a lang=${g(n)} href=${this.hrefOf(t,i)} @click=${this.#u(t,i)}>${n}</a>
        ${a&&r?b`<p lang=${r.passage.language}>${a}</p>`:e}
      </li>
    `}#u(e,t){return n=>{n.ctrlKey||n.metaKey||n.shiftKey||n.altKey||n.button!==0||this.#d(`hit-open`,{documentId:e,passageId:t})||n.preventDefault()}}#d(e,t){return this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0,cancelable:!0}))}};h([x({attribute:!1})],H.prototype,`hit`,void 0),h([x()],H.prototype,`locale`,void 0),h([x({attribute:!1})],H.prototype,`actions`,void 0),h([x({attribute:!1})],H.prototype,`hrefOf`,void 0),h([x({attribute:!1})],H.prototype,`others`,void 0),h([x({type:Boolean})],H.prototype,`explained`,void 0),h([x({type:Boolean})],H.prototype,`explanationFailed`,void 0),H=h([C(`hit-card`)],H);function et(e,t){return e.source?b`<span lang=${g(e.source)}>${e.source}</span>`:b`<span class="unknown">${t.sourceUnknown}</span>`}function tt(e,t,n){return e.published?b`<time datetime=${e.published}>${y(e.published,n)}</time>`:b`<span class="unknown">${t.dateUnknown}</span>`}var nt=[`explain`,`similar`,`cite`],rt=[`similar`,`cite`];function U({state:e,results:t}){let{answer:n}=t;return n?n.hits.slice(0,Math.min(e.count,e.unlikely?e.count:ht(n)||e.count)):[]}function it(t){let{state:n,texts:r,go:i}=t;return b`
    <div class="results-bar">
      <p class="total">${mt(t)}</p>
      ${n.like?e:b`
            <label class="select"><span class="unseen">${r.sort}</span>
              <select name="sort" .value=${n.sort} @change=${e=>i({sort:gt(e)===`published`?`published`:`relevance`,...F})}>
                <option value="relevance" ?selected=${n.sort===`relevance`}>${r.sorts.relevance}</option>
                <option value="published" ?selected=${n.sort===`published`}>${r.sorts.published}</option>
              </select>
            </label>
            <label class="select"><span class="label">${r.group}</span>
              <select name="group" .value=${n.groupBy} @change=${e=>i({groupBy:gt(e)===`passage`?`passage`:`document`,...F})}>
                <option value="document" ?selected=${n.groupBy===`document`}>${r.groups.document}</option>
                <option value="passage" ?selected=${n.groupBy===`passage`}>${r.groups.passage}</option>
              </select>
            </label>
          `}
      <button type="button" class="plain" ?disabled=${!U(t).length} @click=${t.exportHits}>${r.exportHits}</button>
    </div>
  `}function at({state:t,texts:n,likeTitle:r,go:i}){return t.like?b`
    <p class="like">
      <span>${n.similarTo} <b lang=${g(r??``)}>${r??`…`}</b></span>
      <button type="button" class="plain" @click=${()=>i({like:null,likeDocument:null,...F})}>${n.backToSearch}</button>
    </p>
  `:e}function ot(t){let{results:n,texts:r}=t;return n.problem?pt(t):n.answer?n.answer.hits.length?b`${n.answer.total===0?dt(t):e} ${st(t,n.answer)} ${ut(t,n.answer)}`:ft(t,n.answer):n.isBusy?b`<p class="quiet waiting">${r.searching}</p>`:e}function st(t,n){let r=U(t),i=ht(n)||r.length,a=r.slice(i);return b`
    ${ct(t,n,r.slice(0,i))}
    ${a.length?b`<h3 class="divider">${t.texts.unlikely}</h3>
            ${ct(t,n,a)}`:e}
  `}function ct(e,t,n){let r=new Map(t.hits.toReversed().map(e=>[e.document.id,e]));return b`
    <ol class="hits" start=${n[0]?.rank??1} aria-busy=${e.results.isBusy}>
      ${te(n,({passage:e})=>e.id,t=>b`<li>${lt(e,t,r)}</li>`)}
    </ol>
  `}function lt({state:e,results:t,locale:n},r,i){let a=t.explained.get(r.passage.id),o=typeof a==`object`?a:r.explanation,s=(t,n)=>`/${j({...e,document:t,passage:n,beside:null})}`;return b`
    <hit-card
      .hit=${o===r.explanation?r:{...r,explanation:o}}
      .locale=${n}
      .actions=${e.like?rt:nt}
      .hrefOf=${s}
      .others=${i}
      .explained=${a!==void 0}
      .explanationFailed=${a===`failed`}
    ></hit-card>
  `}function ut(t,n){let{state:r,texts:i,go:a}=t,{total:o,isAtLeast:s}=n,c=n.hasMore&&r.count<1e3,l=U(t).length,u={count:Math.min(Math.max(r.count,l)+20,je)},d=(e,t)=>b`<p class="more"><button type="button" class="button" @click=${()=>a(t)}>${e}</button></p>`;return o===null||r.unlikely||o===0?c||n.hits.length>l?d(i.moreUnlikely,u):e:l<o||s&&c?d(i.more(l,o,s),u):r.sort===`relevance`&&(c||n.hits.length>l)?d(i.showUnlikely,{unlikely:!0,count:l+20}):b`<p class="quiet">${i.allShown}</p>`}function dt({texts:e}){return b`<div class="notice"><p>${e.nothingRelevant}</p><p class="quiet">${e.nothingRelevantHint}</p></div>`}function ft(t,{index:n}){let{state:r,texts:i,go:a}=t,o=ze(t)>0;return b`
    <div class="notice">
      <p>${n.documents?o?i.nothingPasses:i.nothingFound:i.emptyIndex}</p>
      ${o?b`<p><button type="button" class="button" @click=${()=>a(P(r))}>${i.clearFilters}</button></p>`:n.documents?b`<p class="quiet">${i.nothingRelevantHint}</p>`:e}
    </div>
  `}function pt({results:t,texts:n,retry:r}){let{status:i,detail:a}=t.problem??{status:0,detail:``},{problems:o}=n,s=i===0?o.unreachable:i===503||i===429?o.busy:i===413?o.tooLarge:i===404?o.notFound:i===422?o.invalid:o.failed;return b`
    <div class="problem">
      <div role="alert">
        <h3>${o.title}</h3>
        <p>${s}</p>
        ${a?b`<p class="detail" lang="en">${a}</p>`:e}
      </div>
      <p>
        ${i===422||i===413?e:b`<button type="button" class="button" @click=${r}>${o.retry}</button>`}
        ${t.retryIn===null?e:b`<span class="quiet">${o.retryIn(t.retryIn)}</span>`}
      </p>
    </div>
  `}function mt({state:e,results:t,texts:n}){let{answer:r}=t;return!r||t.problem?t.isBusy?n.searching:``:r.total===null?n.similarFound(r.hits.length):n.relevant(r.total,r.isAtLeast,e.groupBy)}function ht({total:e,isAtLeast:t,hits:n}){return e===null||t?n.length:e}function gt(e){return e.target.value}var _t=48;function vt(e){let t=e.filter(e=>e.value!==null),n=t.map(({value:e})=>e).sort(),[r,i]=[n[0],n.at(-1)];if(!r||!i)return[];let a=yt(r,i),o=new Map;for(let{value:e,count:n}of t){let t=bt(e,a);o.set(t,(o.get(t)??0)+n)}return xt(r,i,a).map(e=>({key:e,count:o.get(e)??0,...St(e)}))}function W(e,t){return e.length===7?c(e,t):e.length===4?t===`zh`?`${e}年`:e:t===`zh`?`${e}0年代`:`${e}0s`}function yt(e,t){let n=G(t)-G(e)+1;return n<=_t?`month`:n<=576?`year`:`decade`}function bt(e,t){return e.slice(0,{month:7,year:4,decade:3}[t])}function xt(e,t,n){let r={month:1,year:12,decade:120}[n],i=Math.floor(G(e)/r)*r,a=[];for(let e=i;e<=G(t);e+=r)a.push(bt(Ct(e),n));return a}function St(e){let t=e.length===7?e:`${e.padEnd(4,`0`)}-01`,n=e.length===7?e:`${e.padEnd(4,`9`)}-12`,r=new Date(Date.UTC(Number(n.slice(0,4)),Number(n.slice(5)),0)).getUTCDate();return{from:`${t}-01`,to:`${n}-${String(r).padStart(2,`0`)}`}}function G(e){return Number(e.slice(0,4))*12+Number(e.slice(5,7))-1}function Ct(e){return`${String(Math.floor(e/12)).padStart(4,`0`)}-${String(e%12+1).padStart(2,`0`)}`}var wt=4,K=class extends n{constructor(...e){super(...e),this.facet=[],this.period={from:null,to:null},this.locale=`en`,this.pointed=null,this.focused=0,this.#e=[],this.#u=async e=>{let t=this.#e.length-1,n={ArrowLeft:this.focused-1,ArrowRight:this.focused+1,Home:0,End:t}[e.key];n!==void 0&&(e.preventDefault(),this.focused=Math.max(0,Math.min(t,n)),await this.updateComplete,this.current?.focus())}}static{this.styles=t`
    :host { display: block; font-size: 0.75rem; color: var(--haihe-soft); }
    .head { display: flex; justify-content: space-between; gap: 1rem; min-height: 1.25rem; line-height: 1.25rem; }
    .title { font-weight: 600; }
    .now { font-variant-numeric: tabular-nums; text-align: right; }
    svg { display: block; width: 100%; height: 3.25rem; overflow: visible; border-bottom: 1px solid var(--haihe-edge); }
    g { cursor: pointer; outline: none; }
    .hit-area { fill: transparent; }
    .bar { fill: var(--haihe-accent); }
    .off .bar { fill: var(--haihe-edge); opacity: 0.55; }
    g:hover .hit-area { fill: var(--haihe-wash); }
    g:focus-visible .hit-area { stroke: var(--haihe-accent); stroke-width: 2px; fill: var(--haihe-wash); }
    .ends { display: flex; justify-content: space-between; line-height: 1.5; min-height: 1.125rem; font-variant-numeric: tabular-nums; }
    .none { display: grid; place-items: center; height: 3.25rem; border-bottom: 1px solid var(--haihe-line); }
    @media (forced-colors: active) { .bar { fill: CanvasText; } .off .bar { fill: GrayText; } }
    @media print { :host { display: none; } }
  `}#e;willUpdate(e){e.has(`facet`)&&(this.#e=vt(this.facet)),this.focused=Math.min(this.focused,Math.max(0,this.#e.length-1))}render(){let t=E[this.locale];return b`
      <div class="head"><span class="title" id="title">${t.timeline}</span><span class="now">${this.#r()}</span></div>
      ${this.#e.length?this.#t():b`<div class="none">${this.facet.length?t.noDates:e}</div>`}
      <div class="ends">${this.#i()}</div>
    `}#t(){let e=Math.max(...this.#e.map(({count:e})=>e),wt);return b`
      <svg role="group" aria-labelledby="title" @keydown=${this.#u} @pointerleave=${()=>this.#l(null)}>
        ${this.#e.map((t,n)=>this.#n(t,n,e))}
      </svg>
    `}#n(e,t,n){let i=100/this.#e.length,a=Math.min(i*.85,6),o=e.count?Math.max(4,100*e.count/n):0,s=E[this.locale].bar(W(e.key,this.locale),e.count),c=()=>this.#s(e,t);return r`
      <g
        role="button"
        data-key=${e.key}
        tabindex=${t===this.focused?0:-1}
        aria-label=${s}
        aria-pressed=${this.#a(e)?`true`:`false`}
        class=${this.#o(e)?``:`off`}
        @click=${c}
        @keydown=${e=>{(e.key===`Enter`||e.key===` `)&&(e.preventDefault(),c())}}
        @focus=${()=>this.#c(t)}
        @pointerenter=${()=>this.#l(e.key)}
      >
        <rect class="hit-area" x="${t*i}%" width="${i}%" height="100%"></rect>
        <rect class="bar" x="${t*i+(i-a)/2}%" width="${a}%" y="${100-o}%" height="${o}%"></rect>
      </g>
    `}#r(){let e=E[this.locale],t=this.#e.find(({key:e})=>e===this.pointed);if(t)return e.bar(W(t.key,this.locale),t.count);let n=this.facet.find(({value:e})=>e===null)?.count??0;return n&&this.#e.length?e.undated(n):``}#i(){let[t,n]=[this.#e[0],this.#e.at(-1)];return!t||!n?e:b`
      <span>${W(t.key,this.locale)}</span>
      ${t===n?e:b`<span>${W(n.key,this.locale)}</span>`}
    `}#a({from:e,to:t}){return this.period.from===e&&this.period.to===t}#o({from:e,to:t}){return(!this.period.from||t>=this.period.from)&&(!this.period.to||e<=this.period.to)}#s(e,t){this.focused=t;let n=this.#a(e)?{from:null,to:null}:{from:e.from,to:e.to};this.dispatchEvent(new CustomEvent(`period`,{detail:n}))}#c(e){this.focused=e,this.pointed=this.#e[e]?.key??null}#l(e){this.pointed=e}#u};h([x({attribute:!1})],K.prototype,`facet`,void 0),h([x({attribute:!1})],K.prototype,`period`,void 0),h([x()],K.prototype,`locale`,void 0),h([o()],K.prototype,`pointed`,void 0),h([o()],K.prototype,`focused`,void 0),h([S(`g[tabindex='0']`)],K.prototype,`current`,void 0),K=h([C(`month-chart`)],K);var Tt=2,Et=new Set([429,503]),Dt=class{#e;#t;#n;#r;constructor(e,t){this.overview=null,this.#n=!1,this.#r=0,this.#e=e,this.#t=t,e.addController(this)}hostDisconnected(){window.clearTimeout(this.#r)}async load(){if(!this.#n){this.#n=!0;try{this.overview=await this.#t.overview(),this.#e.requestUpdate()}catch(e){this.#n=!1,this.#i(e)}}}#i(e){if(!(e instanceof i)||!Et.has(e.status))return;let t=Math.max(e.retryAfterSeconds??Tt,1);window.clearTimeout(this.#r),this.#r=window.setTimeout(()=>void this.load(),1e3*t)}},q={locale:`haihe.locale`,theme:`haihe.theme`,shortcuts:`haihe.shortcuts`},J={get locale(){return v(Y(q.locale))},set locale(e){Ot(q.locale,e)},get theme(){let e=Y(q.theme);return e===`light`||e===`dark`?e:null},set theme(e){Ot(q.theme,e)},get shortcuts(){return Y(q.shortcuts)!==`off`},set shortcuts(e){Ot(q.shortcuts,e?null:`off`)}};function Y(e){try{return localStorage.getItem(e)}catch{return null}}function Ot(e,t){try{t===null?localStorage.removeItem(e):localStorage.setItem(e,t)}catch{return}}var kt=100,At=2,jt=new Set([429,503]),Mt={language:[],source:[],month:[]},Nt=class{#e;#t;#n;#r;#i;#a;constructor(e,t){this.answer=null,this.facets=Mt,this.isBusy=!1,this.problem=null,this.retryIn=null,this.explained=new Map,this.#n=new u,this.#r=new Map,this.#i=null,this.#a=0,this.#e=e,this.#t=t,e.addController(this)}hostDisconnected(){this.#n.abort(),window.clearTimeout(this.#a)}async load(e){!e.query&&!e.like?this.#o():this.#i&&L(e,this.#i)&&e.count<=this.#i.count&&!this.problem||(this.#i=e,await this.#s(e))}async retry(){this.#i&&await this.#s(this.#i)}async explain(e){let t=e.passage.id;if(this.explained.delete(t)){this.#e.requestUpdate();return}this.#g(t,e.explanation??`loading`);let{answer:n}=this;if(e.explanation||!n)return;let r=await this.#h(e,n.state).catch(()=>null);this.explained.has(t)&&this.#g(t,r??`failed`)}article(e){let t=this.#r.get(e);if(t)return t;let n=this.#t.document(e);return this.#r.set(e,n),n.catch(()=>this.#r.delete(e)),n}#o(){this.#n.abort(),window.clearTimeout(this.#a),this.#i=null,this.answer=null,this.facets=Mt,this.problem=null,this.retryIn=null,this.isBusy=!1,this.#e.requestUpdate()}async#s(e){let t=this.#n.next();window.clearTimeout(this.#a),this.retryIn=null,this.isBusy=!0,this.#e.requestUpdate();try{await(e.like?this.#c(e,e.like,t):this.#l(e,t)),this.problem=null}catch(e){if(ne(e))return;this.#p(e)}this.isBusy=!1,this.#e.requestUpdate()}async#c(e,t,n){let r=Math.min(e.count,kt),{hits:i,index:a}=await this.#t.similar(t,r,n),o=i.length===r&&r<kt;this.#u({state:e,hits:i,total:null,isAtLeast:!1,index:a,hasMore:o}),this.facets=Mt}async#l(e,t){let n=[...this.answer&&L(this.answer.state,e)?this.answer.hits:[]];if(n.length>=e.count)this.#f(e,t);else for(;;){let r=Math.min(e.count-n.length,kt),i=await this.#t.search(I(e,n.length,r),t);n=[...n,...i.hits];let a=i.hits.length===r;if(a&&n.length<e.count)continue;let{total:o,index:s}=i;this.#u({state:e,hits:n,total:o,isAtLeast:i.total_relation===`gte`,index:s,hasMore:a}),this.#d(e,i.facets),this.#f(e,t);return}}#u(e){this.answer&&!L(this.answer.state,e.state)&&this.explained.clear(),this.answer=e}#d(e,t){let n=M.map(n=>[n,N(e,n)&&this.facets[n].length?this.facets[n]:t[n]]);this.facets=Object.fromEntries(n)}async#f(e,t){let n=M.filter(t=>N(e,t));try{for(let r of n){let n=await this.#t.search(I(P(e,r),0,1),t);this.facets={...this.facets,[r]:n.facets[r]},this.#e.requestUpdate()}}catch{}}#p(e){this.problem=e instanceof i?e:new i(0,String(e)),this.answer=null,jt.has(this.problem.status)&&this.#m(Math.ceil(this.problem.retryAfterSeconds??At))}#m(e){this.retryIn=e,this.#e.requestUpdate(),this.#a=window.setTimeout(()=>e>1?this.#m(e-1):void this.retry(),e>0?1e3:0)}async#h(e,t){let n={...I(t,e.rank-1,1),explain:!0},{hits:r}=await this.#t.search(n),i=r[0];return i?.passage.id===e.passage.id?i.explanation:null}#g(e,t){this.explained.set(e,t),this.#e.requestUpdate()}},Pt=60,X=class extends n{constructor(...e){super(...e),this.value=``,this.locale=`en`,this.#e=0,this.#t=e=>{window.clearTimeout(this.#e),e instanceof InputEvent&&e.isComposing||this.#n()},this.#n=()=>{window.clearTimeout(this.#e),this.#e=window.setTimeout(()=>this.#i(!1),Pt)},this.#r=e=>{e.preventDefault(),this.#i(!0)}}#e;createRenderRoot(){return this}updated(e){e.has(`value`)&&this.show(this.value)}show(e){this.input.value.trim()!==e&&(window.clearTimeout(this.#e),this.input.value=e)}focus(){this.input.focus(),this.input.select()}render(){let e=E[this.locale];return b`
      <form role="search" @submit=${this.#r}>
        <label class="unseen" for="query">${e.searchLabel}</label>
        <input
          id="query"
          name="q"
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder=${e.placeholder}
          @input=${this.#t}
          @compositionend=${this.#n}
        />
        <button type="submit" class="button main">${e.search}</button>
      </form>
    `}#t;#n;#r;#i(e){window.clearTimeout(this.#e);let t={query:this.input.value.trim(),isDone:e};this.dispatchEvent(new CustomEvent(`query`,{detail:t}))}};h([x()],X.prototype,`value`,void 0),h([x()],X.prototype,`locale`,void 0),h([S(`input`)],X.prototype,`input`,void 0),X=h([C(`search-box`)],X);var Ft=new Set([`/`,`j`,`k`]),It=`input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]`;function Lt(e,t){if(e.defaultPrevented||e.isComposing||e.ctrlKey||e.metaKey||e.altKey||document.querySelector(`dialog[open]`))return!1;let n=e.composedPath()[0];return n instanceof Element&&n.matches(It)?e.key===`ArrowDown`&&n.id===`query`:!Ft.has(e.key)||t}function Rt(e,t){let n=[...e.querySelectorAll(`hit-card`)],r=n.indexOf(document.activeElement);if(t.key.startsWith(`Arrow`)&&r<0&&document.activeElement?.id!==`query`)return!1;let i={j:1,ArrowDown:1,k:-1,ArrowUp:-1}[t.key];return!i||!n.length?!1:(r+i<0?e.querySelector(`#query`)?.focus():zt(n[Math.min(r+i,n.length-1)]),!0)}function zt(e){e?.focus({preventScroll:!0}),e?.scrollIntoView({block:`nearest`})}function Bt(t){let n=E[t.locale],{overview:r}=t;return b`
    <main class="start" id="results" tabindex="-1">
      <h2>${n.lead}</h2>
      <p class="quiet">${n.leadMore}</p>
      ${r?[Vt(r,t,n),Ht(r,t.locale,n)]:e}
    </main>
  `}function Vt(t,n,r){let i=f.filter(e=>t.examples[e].length);return i.length?b`<div class="examples">
    ${i.map(e=>b`
        <section aria-labelledby="examples-${e}">
          <h3 id="examples-${e}">${r.examples[e]}</h3>
          <ul lang=${e}>
            ${t.examples[e].map(e=>b`<li><a href=${n.href(e)} @click=${n.ask(e)}>${e}</a></li>`)}
          </ul>
        </section>
      `)}
  </div>`:e}function Ht(e,t,n){let{label:r,articles:i,passages:a,published:o,sources:s}=n.facts;return b`<section class="facts" aria-labelledby="facts">
    <h3 id="facts">${r}</h3>
    <dl>
      ${Z(i,[l(e.documents,t)])}
      ${Z(a,Ut(e,t,n))}
      ${Z(o,Wt(e,t,n))} ${Z(s,Gt(e,t,n))}
    </dl>
  </section>`}function Z(e,t){return b`<div>
    <dt>${e}</dt>
    <dd>${t.map(e=>b`<span>${e}</span> `)}</dd>
  </div>`}function Ut({passages:e},t,n){return f.filter(t=>e[t]).map(r=>n.facts.inLanguage(l(e[r],t),r))}function Wt({published:e},t,{facts:n}){let{first:r,last:i,undated:a}=e;if(!r||!i)return[n.noDay];let o=r===i?y(r,t):n.range(y(r,t),y(i,t));return a?[o,n.undated(a)]:[o]}function Gt(e,t,{facts:n}){let r=e.sources.map(({value:e,count:n})=>`${e}\u00a0(${l(n,t)})`),i=e.source_count-e.sources.length;return r.length?[...r,...i?[n.moreSources(i)]:[],...e.unsourced?[n.unsourced(e.unsourced)]:[]]:[n.noSource]}var Kt=window.matchMedia(`(prefers-color-scheme: dark)`);function qt(){return J.theme??(Kt.matches?`dark`:`light`)}function Jt(){let e=qt()===`dark`?`light`:`dark`;J.theme=e===(Kt.matches?`dark`:`light`)?null:e,Yt()}function Yt(){let{theme:e}=J;e?document.documentElement.dataset.theme=e:delete document.documentElement.dataset.theme}function Xt(e){Kt.addEventListener(`change`,e)}var Q=window.matchMedia(`(min-width: 64rem)`),$=class extends n{constructor(...e){super(...e),this.#e=new d,this.#t=new Nt(this,this.#e),this.#n=new Dt(this,this.#e),this.now=Me(location.search),this.showsAllSources=!1,this.showsFilters=!1,this.likeTitle=null,this.hasShortcuts=J.shortcuts,this.#m=({detail:e})=>{let{query:t,isDone:n}=e,r=t!==this.now.query||this.now.like!==null;(r||n)&&(r?this.#f({query:t,like:null,likeDocument:null,...F},{isDraft:!n}):history.replaceState({},``))},this.#h=Zt(()=>{this.#f({...A,locale:this.now.locale}),this.box.show(``),this.box.focus()}),this.#g=e=>{e.preventDefault(),this.querySelector(`#results`)?.focus()},this.#v=()=>{Jt(),this.requestUpdate()},this.#y=e=>{this.hasShortcuts=e.target.checked,J.shortcuts=this.hasShortcuts},this.#b=e=>{e.preventDefault(),this.#x(e.detail.documentId,e.detail.passageId)},this.#S=()=>{let e=this.#d;e>0?history.go(-e):this.#f({document:null,passage:null,beside:null})},this.#w=({detail:e})=>{let{passage:t,document:n}=e.hit;this.#T(this.now.groupBy===`document`?n.id:t.id,n.id)},this.#D=({detail:e})=>{this.#t.explain(e.hit)},this.#O=({detail:e})=>{this.exports.open([],[e.hit.document],`gbt7714`)},this.#k=e=>{if(Lt(e,this.hasShortcuts)){if(e.key===`/`)this.box.focus();else if(e.key===`Escape`&&this.now.like)this.#f({like:null,likeDocument:null,...F});else if(!Rt(this,e))return;e.preventDefault()}}}#e;#t;#n;createRenderRoot(){return this}connectedCallback(){super.connectedCallback();let e=()=>this.requestUpdate();window.addEventListener(`popstate`,()=>this.#p(Me(location.search))),document.addEventListener(`keydown`,this.#k),Q.addEventListener(`change`,e),Xt(e),this.#p(this.now)}firstUpdated(){!this.#i&&!this.now.document&&this.box.updateComplete.then(()=>this.box.focus())}get#r(){return this.now.locale??J.locale??a(...navigator.languages)}get#i(){return this.now.query!==``||this.now.like!==null}get#a(){return{state:this.now,results:this.#t,locale:this.#r,texts:E[this.#r],likeTitle:this.likeTitle,go:e=>this.#f(e),exportHits:()=>{let e=U(this.#a);this.exports.open(e,e.map(e=>e.document))},retry:()=>void this.#t.retry()}}render(){let t=E[this.#r];return b`
      <a class="skip" href="#results" @click=${this.#g}>${t.skip}</a>
      ${this.#o()}
      <div class="progress ${this.#t.isBusy?`busy`:``}"></div>
      ${this.#i?this.#c():this.#s()}
      ${this.#u()}
      <p class="unseen" role="status">${this.#i&&!this.#t.isBusy?mt(this.#a):e}</p>
      <article-dialog
        .documentId=${this.now.document}
        .passageId=${this.now.passage}
        .besideId=${this.now.beside}
        .hits=${this.#t.answer?.hits??[]}
        .read=${e=>this.#t.article(e)}
        .locale=${this.#r}
        @article-close=${this.#S}
        @article-open=${({detail:e})=>this.#x(e.documentId,null)}
        @article-beside=${({detail:e})=>this.#f({beside:e.documentId},{depth:this.#d+1})}
        @article-similar=${({detail:e})=>this.#T(e.documentId,e.documentId)}
        @article-cite=${({detail:e})=>this.exports.open([],[e.article],`gbt7714`)}
      ></article-dialog>
      <export-dialog .read=${e=>this.#t.article(e)} .locale=${this.#r}></export-dialog>
    `}#o(){let e=this.#r,t=E[e],n=f.find(t=>t!==e)??e;return b`
      <header class="top">
        <h1><a href=${`/${j({...A,locale:this.now.locale})}`} @click=${this.#h}><span lang="en">haihe</span> <span lang="zh">海河</span></a></h1>
        <search-box .value=${this.now.query} .locale=${e} @query=${this.#m}></search-box>
        <div class="top-actions">
          <button type="button" class="plain" lang=${n} data-action="locale" @click=${()=>this.#_(n)}>${{zh:`中文`,en:`English`}[n]}</button>
          <button type="button" class="plain" data-action="theme" @click=${this.#v}>${qt()===`dark`?t.theme.light:t.theme.dark}</button>
        </div>
      </header>
    `}#s(){return this.#n.load(),Bt({locale:this.#r,overview:this.#n.overview,href:e=>`/${j({...A,query:e,locale:this.now.locale})}`,ask:e=>Zt(()=>this.#f({query:e}))})}#c(){let t=this.#a,{texts:n,locale:r,results:i}=t,a=this.now.like!==null;return b`
      <div class="columns ${a?`alone`:``}">
        ${a?e:this.#l()}
        <main id="results" tabindex="-1" aria-label=${n.results} @hit-open=${this.#b} @hit-similar=${this.#w} @hit-explain=${this.#D} @hit-cite=${this.#O}>
          <h2 class="unseen">${n.results}</h2>
          ${at(t)}
          ${a?e:b`<month-chart
                  .facet=${i.facets.month}
                  .period=${{from:this.now.from,to:this.now.to}}
                  .locale=${r}
                  @period=${({detail:e})=>this.#f({...e,...F})}
                ></month-chart>`}
          ${it(t)} ${Re(t)} ${ot(t)}
        </main>
      </div>
    `}#l(){let e=this.#a,t=ze(e);return b`
      <aside class="side" aria-label=${e.texts.filters}>
        <details ?open=${Q.matches||this.showsFilters} @toggle=${e=>{Q.matches||(this.showsFilters=e.currentTarget.open)}}>
          <summary>${t?e.texts.filtersOn(t):e.texts.filters}</summary>
          ${Le({...e,showsAllSources:this.showsAllSources,toggleSources:()=>{this.showsAllSources=!this.showsAllSources}})}
        </details>
      </aside>
    `}#u(){let{keys:t,indexed:n}=E[this.#r],r=this.#t.answer?.index;return b`
      <footer class="bottom">
        <p class="keys">
          ${t.list.map(([e,t])=>b`<span><kbd>${e}</kbd> ${t}</span>`)}
          <label><input type="checkbox" name="shortcuts" .checked=${this.hasShortcuts} @change=${this.#y} /> ${t.on}</label>
        </p>
        ${r?b`<p>${n(r.documents,r.passages)}</p>`:e}
      </footer>
    `}get#d(){return history.state?.depth??0}#f(e,t={}){let n={...this.now,...e},r=history.state?.isDraft===!0&&t.isDraft===!0,i=location.pathname+j(n);i===location.pathname+location.search?history.replaceState(t,``,i):history[r?`replaceState`:`pushState`](t,``,i),L(n,this.now)||window.scrollTo(0,0),this.#p(n)}#p(e){let t=this.now;this.now=e;let n=this.#r,r=E[n];document.documentElement.lang=n===`zh`?`zh-CN`:`en`,document.title=e.query?r.pageTitle(e.query):r.title,e.likeDocument===t.likeDocument&&this.likeTitle||this.#E(e.likeDocument),this.#t.load(e),t.document&&!e.document&&this.#C(t.document)}#m;#h;#g;#_(e){J.locale=e,history.replaceState(history.state,``,location.pathname+j({...this.now,locale:e})),this.#p({...this.now,locale:e})}#v;#y;#b;#x(e,t){this.#f({document:e,passage:t,beside:null},{depth:this.#d+1})}#S;async#C(e){await this.updateComplete,document.activeElement===document.body&&([...this.querySelectorAll(`hit-card`)].find(({hit:t})=>t?.document.id===e)??this.box).focus()}#w;#T(e,t){this.#f({like:e,likeDocument:t,document:null,passage:null,beside:null,...F}),this.querySelector(`#results`)?.focus({preventScroll:!0})}async#E(e){if(this.likeTitle=null,!e)return;let t=await this.#t.article(e).catch(()=>null);e===this.now.likeDocument&&(this.likeTitle=t?.title??e)}#D;#O;#k};h([o()],$.prototype,`now`,void 0),h([o()],$.prototype,`showsAllSources`,void 0),h([o()],$.prototype,`showsFilters`,void 0),h([o()],$.prototype,`likeTitle`,void 0),h([o()],$.prototype,`hasShortcuts`,void 0),h([S(`search-box`)],$.prototype,`box`,void 0),h([S(`export-dialog`)],$.prototype,`exports`,void 0),$=h([C(`haihe-page`)],$);function Zt(e){return t=>{t.ctrlKey||t.metaKey||t.shiftKey||t.altKey||(t.preventDefault(),e())}}Yt();