import{C as e,D as t,E as n,O as r,S as i,T as a,_ as o,a as s,b as c,c as l,d as u,f as d,g as f,h as p,i as m,l as h,m as ee,n as g,o as _,p as te,r as v,s as y,t as ne,u as b,v as x,w as S,x as C,y as re}from"./repeat-Bpk7Q0go.js";var w=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})};function ie(e,t,n){let r=h(e),i=e=>e?{start:r(e.start),end:r(e.end)}:null,[a,o]=[i(t),i(n)],s=[a,o].flatMap(e=>e?[e.start,e.end]:[]),c=[];for(let t of e.matchAll(/[^\n]+/g)){if(!t[0].trim())continue;let[n,r]=[t.index,t.index+t[0].length],i=[n,...s.filter(e=>n<e&&e<r).sort((e,t)=>e-t),r];c.push(i.slice(1).flatMap((t,r)=>{let s=i[r]??n;if(s===t)return[];let c=ae(s,o)?`best`:ae(s,a)?`passage`:`text`;return[{text:e.slice(s,t),role:c}]}))}return c}function ae(e,t){return t!==null&&t.start<=e&&e<t.end}var oe=e=>t=>d(t,e),T=oe(`zh`),E=oe(`en`),D={zh:{title:`海河 · 中英双语检索`,pageTitle:e=>`${e} · 海河`,skip:`跳到检索结果`,searchLabel:`用中文或英文提问`,placeholder:`用中文或英文提问`,search:`检索`,syntax:{title:`精确查找与排除`,list:[[`"公交线路"`,`原文必须逐字出现`],[`-地铁`,`不出现这个词（减号前要有空格）`],[`-"公交线路"`,`不出现这段原文`]]},switchLanguage:`界面语言`,theme:{label:`明暗`,light:`浅色`,dark:`深色`,auto:`随系统`},lead:`用中文或英文提问，同时找到两种语言的段落。`,leadMore:`每条结果都标出最能回答问题的句子，注明来源与日期，并列出同一报道的另一语言版本。`,examples:{zh:`用中文问，例如`,en:`用英文问，例如`},facts:{label:`这里可以检索的`,articles:`文章`,passages:`段落`,inLanguage:(e,t)=>`${t===`zh`?`中文`:`英文`} ${e}`,published:`发布日期`,range:(e,t)=>`${e}至${t}`,undated:e=>`${T(e)} 篇未注明`,noDay:`均未注明`,sources:`来源`,moreSources:e=>`另有 ${T(e)} 个来源`,unsourced:e=>`${T(e)} 篇未注明`,noSource:`均未注明`},results:`检索结果`,relevant:(e,t,n)=>`${t?`至少 `:``}${T(e)} ${n===`document`?`篇相关文章`:`个相关段落`}`,similarTo:`与此相似：`,similarFound:e=>`${T(e)} 条相似结果`,backToSearch:`返回检索`,searching:`正在检索……`,filters:`筛选`,filtersOn:e=>`筛选（${e}）`,clearFilters:`清除全部筛选`,removeFilter:e=>`取消筛选：${e}`,language:`语言`,source:`来源`,sourceUnknown:`未注明`,moreSources:e=>`其余 ${e} 个来源`,fewerSources:`收起`,date:`日期`,from:`从`,to:`到`,timeline:`按发布时间`,timelineHint:`点击某一段时间即可筛选，再点一次取消`,bar:(e,t)=>`${e}，${T(t)} 条`,undated:e=>`另有 ${T(e)} 条未注明日期`,noDates:`结果均未注明日期`,sort:`排序`,sorts:{relevance:`按相关度`,published:`按日期，新的在前`},group:`每条结果`,groups:{document:`一篇文章`,passage:`一个段落`},exportHits:`导出`,more:(e,t,n)=>`继续显示（已显示 ${T(e)}，${n?`至少`:`共`} ${T(t)}）`,moreUnlikely:`继续显示`,showUnlikely:`也显示不太可能相关的结果`,unlikely:`以下结果不太可能相关`,allShown:`相关结果已全部显示`,nothingRelevant:`没有找到相关内容，以下是最接近的结果。`,nothingPasses:`没有结果符合这些筛选条件。`,nothingFound:`没有找到任何结果。`,emptyIndex:`索引是空的。请先用 haihe index 建立索引。`,nothingRelevantHint:`可以换一种说法，或者放宽筛选条件。`,problems:{title:`检索失败`,unreachable:`连接不上检索服务。请确认服务正在运行、网络通畅，然后重试。`,busy:`服务正在启动或暂时繁忙，稍后会自动重试。`,invalid:`服务不接受这次检索。请按下面的说明修改提问或筛选条件。`,tooLarge:`提问太长。请缩短后重试。`,notFound:`索引里没有这篇文章。它可能已被移除，请重新检索。`,failed:`服务出错了。请重试；如果仍然出错，请把下面的说明告诉管理员。`,retry:`重试`,retryIn:e=>`${e} 秒后自动重试`},article:{label:`文章`,close:`关闭`,loading:`正在打开文章……`,original:`查看原文网页`,by:`作者：`,sameStory:`同一报道的另一语言版本`,beside:`对照阅读`,closeBeside:`结束对照`,toPassage:`回到该段落`,similar:`更多类似文章`,cite:`引用`,copyLink:`复制链接`},exporting:{title:e=>`导出 ${T(e)} 条结果`,format:`格式`,preview:`预览`,copy:`复制`,copied:`已复制。`,copyFailed:`浏览器不允许复制。文本已选中，请按 Ctrl+C。`,download:`下载`,close:`关闭`,authors:`正在读取作者……`,authorsFailed:`有些文章的作者没能读取，引文里缺少作者。`},keys:{title:`键盘`,on:`启用单键快捷键`,list:[[`/`,`提问`],[`j k`,`下一条、上一条`],[`Enter`,`打开文章`],[`Esc`,`关闭`]]},indexed:(e,t)=>`索引中有 ${T(e)} 篇文章，${T(t)} 个段落`},en:{title:`haihe · Search in Chinese and English`,pageTitle:e=>`${e} · haihe`,skip:`Skip to the results`,searchLabel:`Ask in English or Chinese`,placeholder:`Ask in English or Chinese`,search:`Search`,syntax:{title:`Exact words, and words to leave out`,list:[[`"bus line"`,`must appear word for word`],[`-metro`,`must not appear (a blank before the minus)`],[`-"bus line"`,`must not appear word for word`]]},switchLanguage:`Language of the interface`,theme:{label:`Appearance`,light:`Light`,dark:`Dark`,auto:`System`},lead:`Ask in English or Chinese. Find the passages of both.`,leadMore:`Each hit marks the sentence that answers best, names its source and date, and lists the same story in the other language.`,examples:{zh:`Ask in Chinese, for example`,en:`Ask in English, for example`},facts:{label:`What there is to search`,articles:`Articles`,passages:`Passages`,inLanguage:(e,t)=>`${e} in ${t===`zh`?`Chinese`:`English`}`,published:`Published`,range:(e,t)=>`${e} to ${t}`,undated:e=>`${E(e)} undated`,noDay:`not stated`,sources:`Sources`,moreSources:e=>`${E(e)} more`,unsourced:e=>`${E(e)} without a source`,noSource:`not stated`},results:`Results`,relevant:(e,t,n)=>`${t?`At least `:``}${E(e)} relevant ${n===`document`?e===1?`article`:`articles`:e===1?`passage`:`passages`}`,similarTo:`More like`,similarFound:e=>`${E(e)} similar ${e===1?`hit`:`hits`}`,backToSearch:`Back to the search`,searching:`Searching…`,filters:`Filters`,filtersOn:e=>`Filters (${e})`,clearFilters:`Clear all filters`,removeFilter:e=>`Remove the filter ${e}`,language:`Language`,source:`Source`,sourceUnknown:`not stated`,moreSources:e=>`${e} more ${e===1?`source`:`sources`}`,fewerSources:`Fewer sources`,date:`Date`,from:`From`,to:`To`,timeline:`When published`,timelineHint:`Click a bar to keep only that time; click it again to let go`,bar:(e,t)=>`${e}: ${E(t)} ${t===1?`hit`:`hits`}`,undated:e=>`${E(e)} more without a date`,noDates:`None of the hits states a date`,sort:`Order`,sorts:{relevance:`Most relevant first`,published:`Newest first`},group:`A hit is`,groups:{document:`an article`,passage:`a passage`},exportHits:`Export`,more:(e,t,n)=>`Show more (${E(e)} of ${n?`at least `:``}${E(t)})`,moreUnlikely:`Show more`,showUnlikely:`Show what is unlikely to be relevant, too`,unlikely:`Unlikely to be relevant`,allShown:`All relevant hits are shown`,nothingRelevant:`Nothing relevant was found. These come closest.`,nothingPasses:`Nothing passes these filters.`,nothingFound:`Nothing was found.`,emptyIndex:`The index is empty. Fill it with haihe index.`,nothingRelevantHint:`Put the question in other words, or loosen the filters.`,problems:{title:`The search failed`,unreachable:`The search service can’t be reached. Check that it is running and that the network is up, then try again.`,busy:`The service is starting or busy. It is asked again in a moment.`,invalid:`The service doesn’t take this search. Change the question or the filters as it says:`,tooLarge:`The question is too long. Shorten it and try again.`,notFound:`The index has no such article. It may have been removed; search anew.`,failed:`The service failed. Try again; if it fails again, tell its operator what it says:`,retry:`Try again`,retryIn:e=>`Trying again in ${e} s`},article:{label:`Article`,close:`Close`,loading:`Opening the article…`,original:`Original page`,by:`By`,sameStory:`The same story in the other language`,beside:`Read side by side`,closeBeside:`Close`,toPassage:`Back to the passage`,similar:`More like this`,cite:`Cite`,copyLink:`Copy link`},exporting:{title:e=>`Export ${E(e)} ${e===1?`hit`:`hits`}`,format:`Format`,preview:`Preview`,copy:`Copy`,copied:`Copied.`,copyFailed:`The browser doesn’t allow copying. The text is selected: press Ctrl+C.`,download:`Download`,close:`Close`,authors:`Reading the authors…`,authorsFailed:`The authors of some articles could not be read; their references lack them.`},keys:{title:`Keys`,on:`Single-key shortcuts`,list:[[`/`,`ask`],[`j k`,`next, previous hit`],[`Enter`,`open the article`],[`Esc`,`close`]]},indexed:(e,t)=>`${E(e)} ${e===1?`article`:`articles`} and ${E(t)} ${t===1?`passage`:`passages`} in the index`}},O=class extends S{constructor(...e){super(...e),this.documentId=null,this.passageId=null,this.besideId=null,this.hits=[],this.read=()=>Promise.reject(new x(0,``)),this.locale=`en`,this.article=null,this.beside=null,this.#e=!1,this.#t=null,this.#s=()=>{this.documentId&&!k(this.article)&&this.#d(this.documentId),this.besideId&&!k(this.beside)&&this.#f(this.besideId)},this.#p=e=>{e.preventDefault(),this.#h(`article-close`,null)},this.#m=e=>{e.target===this.dialog&&this.#h(`article-close`,null)}}#e;#t;createRenderRoot(){return this}willUpdate(e){e.has(`documentId`)&&(this.article=null,this.documentId&&this.#d(this.documentId)),e.has(`besideId`)&&(this.beside=null,this.besideId&&this.#f(this.besideId)),(e.has(`passageId`)||e.has(`documentId`))&&(this.#e=!0)}updated(){this.documentId&&!this.dialog.open&&this.dialog.showModal(),!this.documentId&&this.dialog.open&&this.dialog.close(),this.#t&&!this.#t.isConnected&&(this.#e=!0),this.#e&&k(this.article)&&(this.#e=!1,this.#u())}render(){let e=D[this.locale].article;return n`
      <dialog class="reader ${this.besideId?`two`:``}" aria-label=${e.label} @cancel=${this.#p} @click=${this.#m}>
        <div class="reader-bar">
          <button type="button" class="plain" @click=${()=>this.#u()} ?hidden=${!this.#c()}>${e.toPassage}</button>
          <button type="button" class="plain close" @click=${()=>this.#h(`article-close`,null)}>${e.close} <kbd>Esc</kbd></button>
        </div>
        <div class="reader-columns">
          ${this.#n(this.article,`main`)} ${this.besideId?this.#n(this.beside,`beside`):a}
        </div>
      </dialog>
    `}#n(e,t){if(!this.documentId)return a;let r=D[this.locale];if(!e)return n`<div class="column"><p class="quiet" role="status">${r.article.loading}</p></div>`;if(!k(e))return n`<div class="column">${this.#o(e)}</div>`;let i=t===`main`;return n`
      <article class="column" lang=${e.language??_(e.text)}>
        ${this.#r(e,i)} ${this.#a(e,i)}
      </article>
    `}#r(e,t){let{article:r}=D[this.locale],{sourceUnknown:i,dateUnknown:o,languages:s}=v[this.locale];return n`
      <header>
        <h2 lang=${_(e.title)}>${e.title}</h2>
        <p class="meta" lang=${this.locale}>
          ${e.language?n`<span>${s[e.language]}</span>`:a}
          <span lang=${_(e.source??i)}>${e.source??i}</span>
          ${e.published?n`<time datetime=${e.published}>${b(e.published,this.locale)}</time>`:n`<span>${o}</span>`}
          ${e.author?n`<span>${r.by} <span lang=${_(e.author)}>${e.author}</span></span>`:a}
        </p>
        <p class="reader-actions" lang=${this.locale}>
          ${ce(e.url)?n`<a href=${e.url} target="_blank" rel="noopener noreferrer">${r.original}</a>`:a}
          <button type="button" class="plain" @click=${()=>this.#h(`article-similar`,{documentId:e.id})}>${r.similar}</button>
          <button type="button" class="plain" @click=${()=>this.#h(`article-cite`,{article:e})}>${r.cite}</button>
          ${t?a:n`<button type="button" class="plain" @click=${()=>this.#h(`article-beside`,{documentId:null})}>${r.closeBeside}</button>`}
        </p>
        ${t?this.#i(e):a}
      </header>
    `}#i({counterparts:e}){let{article:t}=D[this.locale];return e.length?n`
      <div class="counterparts" lang=${this.locale}>
        <h3>${t.sameStory}</h3>
        <ul>
          ${e.map(({id:e,title:r})=>n`
              <li>
                <button type="button" class="plain title" lang=${_(r)} @click=${()=>this.#h(`article-open`,{documentId:e})}>${r}</button>
                <button type="button" class="plain" aria-pressed=${this.besideId===e} @click=${()=>this.#h(`article-beside`,{documentId:this.besideId===e?null:e})}>${t.beside}</button>
              </li>
            `)}
        </ul>
      </div>
    `:a}#a(e,t){let r=t?this.#c():this.#l(e.id)?.passage,i=this.#l(e.id,r?.id)?.passage.highlights[0],o=!0;return n`
      <div class="text">
        ${ie(e.text,r??null,i??null).map(e=>n`<p>${e.map(({text:e,role:r})=>{if(r===`text`)return e;let i=t&&o;o=!1;let s=r===`best`?n`<mark>${e}</mark>`:e;return n`<span class="passage" ?data-start=${i} tabindex=${i?-1:a}>${s}</span>`})}</p>`)}
      </div>
    `}#o({status:e,detail:t}){let{problems:r}=D[this.locale],i=e===404;return n`
      <div class="problem" role="alert">
        <p>${i?r.notFound:e===0?r.unreachable:e===503?r.busy:r.failed}</p>
        ${t?n`<p class="detail" lang="en">${t}</p>`:a}
        ${i?a:n`<button type="button" class="button" @click=${this.#s}>${r.retry}</button>`}
      </div>
    `}#s;#c(){if(!k(this.article))return;let e=this.passageId??this.#l(this.article.id)?.passage.id;return this.article.passages.find(t=>t.id===e)}#l(e,t){return this.hits.find(({document:n,passage:r})=>n.id===e&&(!t||r.id===t))}#u(){this.#t=this.querySelector(`[data-start]`),this.#t?.focus({preventScroll:!0}),this.#t?.scrollIntoView({block:`center`})}async#d(e){let t=await this.read(e).catch(se);e===this.documentId&&(this.article=t),this.#e=!0}async#f(e){let t=await this.read(e).catch(se);e===this.besideId&&(this.beside=t)}#p;#m;#h(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0}))}};g([e({attribute:!1})],O.prototype,`documentId`,void 0),g([e({attribute:!1})],O.prototype,`passageId`,void 0),g([e({attribute:!1})],O.prototype,`besideId`,void 0),g([e({attribute:!1})],O.prototype,`hits`,void 0),g([e({attribute:!1})],O.prototype,`read`,void 0),g([e()],O.prototype,`locale`,void 0),g([i()],O.prototype,`article`,void 0),g([i()],O.prototype,`beside`,void 0),g([C(`dialog`)],O.prototype,`dialog`,void 0),O=g([w(`article-dialog`)],O);function k(e){return e!==null&&!(e instanceof x)}function se(e){return e instanceof x?e:new x(0,String(e))}function ce(e){return e!==null&&/^https?:\/\//i.test(e)}var le=[`rank`,`score`,`language`,`text`,`best_sentence`,`passage_id`,`start`,`end`,`document_id`,`title`,`source`,`url`,`published`];function ue(e){return`\ufeff${[le,...e.map(({rank:e,score:t,passage:n,document:r})=>[e,t,n.language,n.text,l(n),n.id,n.start,n.end,r.id,r.title,r.source,r.url,r.published])].map(e=>`${e.map(fe).join(`,`)}\r\n`).join(``)}`}function de(e){return`${JSON.stringify(e,null,2)}\n`}function fe(e){return e===null?`""`:typeof e==`number`?`"${e}"`:`"${(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(e)?`'${e}`:e).replaceAll(`"`,`""`)}"`}function pe(e,t){return e.map((e,n)=>`[${n+1}] ${he(e,t)}\n`).join(``)}function me(e){return e.map(e=>`${ge(e)}\n`).sort(new Intl.Collator([`en`,`zh-CN`]).compare).join(``)}function he(e,t){let{source:n,published:r}=e,i=Ee(e.title),a=we(e.url),o=xe(ve(e.author));if(a){let e=`${r?`(${r})`:``}[${t}]`,s=o&&o!==n?n:null;return Se(o||n,`${i}[EB/OL]`,Ce(s,e),a)}return Se(o,`${i}[${n?`N`:`Z`}]`,Ce(n,r))}function ge(e){let{source:t,published:n}=e,r=Te(Ee(e.title)),i=`(${n?be(n):`n.d.`}).`,a=ye(ve(e.author)),o=a?[Te(a),i,r]:[r,i],s=t&&t!==a?Te(t):null;return[...o,s,we(e.url)].filter(Boolean).join(` `)}var _e=/^\s*(?:by\b|(?:本报|特约)?(?:记者|作者|通讯员)[:：]?)\s*/iu;function ve(e){return e?e.split(/[;；、，,]|\s+(?:and|&)\s+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u).map(e=>e.replace(_e,``).trim()).filter(Boolean):[]}function ye(e){let t=e.at(-1)??``;return e.length<2?t:`${e.slice(0,-1).join(`, `)}, & ${t}`}function be(e){let t=new Intl.DateTimeFormat(`en-US`,{month:`long`,day:`numeric`,timeZone:`UTC`});return`${e.slice(0,4)}, ${t.format(new Date(`${e}T00:00:00Z`))}`}function xe(e){let t=_(e[0]??``)===`zh`?`等`:`et al`;return(e.length>3?[...e.slice(0,3),t]:e).join(`, `)}function Se(...e){return e.filter(Boolean).map(e=>`${e}.`).join(` `)}function Ce(...e){return e.filter(Boolean).join(`, `)}function we(e){return e&&/^https?:\/\//i.test(e.trim())?e.trim():null}function Te(e){return/[.!?。！？…]$/u.test(e)?e:`${e}.`}function Ee(e){return e.replace(/\s+/gu,` `).trim()}var De={gbt7714:{label:`GB/T 7714—2015`,file:`haihe-references-gbt7714.txt`,type:`text/plain`},apa:{label:`APA 7`,file:`haihe-references-apa.txt`,type:`text/plain`},csv:{label:`CSV`,file:`haihe-hits.csv`,type:`text/csv`},json:{label:`JSON`,file:`haihe-hits.json`,type:`application/json`}},Oe=Object.keys(De),ke=4,A=class extends S{constructor(...e){super(...e),this.read=()=>Promise.reject(Error()),this.locale=`en`,this.hits=[],this.documents=[],this.format=`gbt7714`,this.cited=null,this.lacksAuthors=!1,this.message=``,this.#a=async()=>{let{exporting:e}=D[this.locale];try{await navigator.clipboard.writeText(this.#r()),this.message=e.copied}catch{this.preview.focus(),this.preview.select(),this.message=document.execCommand(`copy`)?e.copied:e.copyFailed}},this.#o=()=>{let{file:e,type:t}=De[this.format],n=URL.createObjectURL(new Blob([this.#r()],{type:`${t};charset=utf-8`}));Object.assign(document.createElement(`a`),{href:n,download:e}).click(),setTimeout(()=>URL.revokeObjectURL(n))},this.#s=e=>{e.target===this.dialog&&this.dialog.close()}}createRenderRoot(){return this}open(e,t,n){this.hits=e,this.documents=[...new Map(t.map(e=>[e.id,e])).values()],this.cited=null,this.message=``,n&&(this.format=n),this.#i(),this.dialog.showModal(),this.updateComplete.then(()=>this.dialog.querySelector(`:checked`)?.focus())}willUpdate(e){e.has(`format`)&&(this.message=``)}render(){let{exporting:e}=D[this.locale],t=this.hits.length?Oe:Oe.filter(j);return n`
      <dialog class="export" aria-labelledby="export-title" @click=${this.#s}>
        <header>
          <h2 id="export-title">${e.title(this.hits.length||this.documents.length)}</h2>
          <button type="button" class="plain" @click=${()=>this.dialog.close()}>${e.close} <kbd>Esc</kbd></button>
        </header>
        <fieldset class="segments">
          <legend class="unseen">${e.format}</legend>
          ${t.map(e=>n`
              <label>
                <input type="radio" name="format" value=${e} .checked=${e===this.format} @change=${()=>this.#e(e)} />
                <span>${De[e].label}</span>
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
    `}#e(e){this.format=e}#t(){return!j(this.format)||this.cited!==null}#n(){let{exporting:e}=D[this.locale];return j(this.format)?this.cited?this.lacksAuthors?e.authorsFailed:``:e.authors:``}#r(){if(this.format===`csv`)return ue(this.hits);if(this.format===`json`)return de(this.hits);let e=this.cited??[];return this.format===`apa`?me(e):pe(e,Ae())}async#i(){let{documents:e}=this,t=e.map(e=>({...e,author:null})),n=0,r=0;await Promise.all(Array.from({length:ke},async()=>{for(let i=r++;i<e.length;i=r++){let r=await this.read(e[i]?.id??``).catch(()=>null);r?t[i]=r:n++}})),e===this.documents&&(this.cited=t,this.lacksAuthors=n>0)}#a;#o;#s};g([e({attribute:!1})],A.prototype,`read`,void 0),g([e()],A.prototype,`locale`,void 0),g([i()],A.prototype,`hits`,void 0),g([i()],A.prototype,`documents`,void 0),g([i()],A.prototype,`format`,void 0),g([i()],A.prototype,`cited`,void 0),g([i()],A.prototype,`lacksAuthors`,void 0),g([i()],A.prototype,`message`,void 0),g([C(`dialog`)],A.prototype,`dialog`,void 0),g([C(`textarea`)],A.prototype,`preview`,void 0),A=g([w(`export-dialog`)],A);function j(e){return e===`gbt7714`||e===`apa`}function Ae(){let e=new Date;return new Date(e.getTime()-e.getTimezoneOffset()*6e4).toISOString().slice(0,10)}var je=1e3,M={query:``,language:null,sources:[],from:null,to:null,sort:`relevance`,groupBy:`document`,count:20,unlikely:!1,like:null,likeDocument:null,document:null,passage:null,beside:null,locale:null};function Me(e){let t=new URLSearchParams(e),n=e=>t.get(e)?.trim()||null;return{query:n(`q`)??``,language:y(n(`in`)),sources:[...new Set(t.getAll(`source`).filter(Boolean))],from:Pe(n(`from`)),to:Pe(n(`to`)),sort:n(`sort`)===`published`?`published`:`relevance`,groupBy:n(`group`)===`passage`?`passage`:`document`,count:Fe(n(`n`)),unlikely:n(`unlikely`)===`1`,like:n(`like`),likeDocument:n(`of`),document:n(`doc`),passage:n(`at`),beside:n(`beside`),locale:y(n(`ui`))}}function N(e){let t=new URLSearchParams,n=(e,n,r=!1)=>{n&&!r&&t.append(e,n)};n(`q`,e.query),n(`in`,e.language);for(let t of e.sources)n(`source`,t);n(`from`,e.from),n(`to`,e.to),n(`sort`,e.sort,e.sort===M.sort),n(`group`,e.groupBy,e.groupBy===M.groupBy),n(`n`,String(e.count),e.count===20),n(`unlikely`,e.unlikely?`1`:null),n(`like`,e.like),n(`of`,e.likeDocument),n(`doc`,e.document),n(`at`,e.passage),n(`beside`,e.beside),n(`ui`,e.locale);let r=t.toString();return r?`?${r}`:``}var P=[`language`,`source`,`month`];function F(e,t){return t===`language`?e.language!==null:t===`source`?e.sources.length>0:e.from!==null||e.to!==null}function I(e,t){let n=t?[t]:P;return{...e,...n.includes(`language`)&&{language:null},...n.includes(`source`)&&{sources:[]},...n.includes(`month`)&&{from:null,to:null},...L}}var L={count:20,unlikely:!1};function R(e,t,n){return{query:e.query,k:n,offset:t,group_by:e.groupBy,sort:e.sort,...e.language&&{languages:[e.language]},...e.sources.length&&{sources:e.sources},...e.from&&{published_from:e.from},...e.to&&{published_to:e.to}}}function z(e,t){return Ne(e)===Ne(t)}function Ne(e){let{like:t}=e;return JSON.stringify(t?[t]:[R(e,0,1)])}function Pe(e){let t=new Date(`${e}T00:00:00Z`);return!Number.isNaN(t.getTime())&&t.toISOString().startsWith(`${e}T`)?e:null}function Fe(e){let t=Number(e);return Number.isInteger(t)&&t>0?Math.min(t,je):20}var Ie=8;function Le(e){return n`${Be(e)} ${Ue(e)} ${He(e)}`}function Re({state:e,locale:r,texts:i,go:o}){let s=P.filter(t=>F(e,t));if(!s.length||e.like)return a;let c={language:e.language?v[r].languages[e.language]:``,source:e.sources.join(r===`zh`?`、`:`, `),month:`${e.from?b(e.from,r):`…`} – ${e.to?b(e.to,r):`…`}`};return n`
    <ul class="chips">
      ${s.map(r=>n`
          <li>
            <button type="button" class="chip" aria-label=${i.removeFilter(c[r])} @click=${()=>o(I(e,r))}>
              <span>${c[r]}</span><svg viewBox="0 0 10 10" aria-hidden="true">${t`<path d="M2 2l6 6M8 2l-6 6"></path>`}</svg>
            </button>
          </li>
        `)}
      ${s.length>1?n`<li><button type="button" class="plain" @click=${()=>o(I(e))}>${i.clearFilters}</button></li>`:a}
    </ul>
  `}function ze({state:e}){return P.filter(t=>F(e,t)).length}function Be({state:e,results:r,locale:i,texts:o,go:s}){let c=m.map(e=>({language:e,count:Ge(r.facets.language,e)})),l=c.reduce((e,{count:t})=>e+t,0),u=We(c.map(({count:e})=>e)),f=t=>s({language:e.language===t?null:t,...L});return n`
    <section class="filter" aria-labelledby="filter-language">
      <h2 id="filter-language">${o.language}</h2>
      ${Ve(c,l,e.language,f)}
      <ul class="languages">
        ${c.map(({language:r,count:o},s)=>n`
            <li>
              <button type="button" class="choice" data-language=${r} aria-pressed=${e.language===r} @click=${()=>f(r)}>
                <svg class="key ${r}" viewBox="0 0 10 10" aria-hidden="true">${t`<rect width="10" height="10"></rect>`}</svg>
                <span class="name">${v[i].languages[r]}</span>
                <span class="count">${d(o,i)}${l?n` <span class="share">${te((u[s]??0)/100,i)}</span>`:a}</span>
              </button>
            </li>
          `)}
      </ul>
    </section>
  `}function Ve(e,r,i,a){let o=0,s=e.map(({language:e,count:t})=>{let n=r?100*t/r:0,i={language:e,x:o,width:n};return o+=n,i});return n`
    <svg class="shares" aria-hidden="true">
      ${t`<rect class="track" width="100%" height="100%"></rect>`}
      ${s.map(({language:e,x:n,width:r})=>t`
          <rect
            class="${e} ${i&&i!==e?`off`:``}"
            x="${n}%" width="${r}%" height="100%"
            @click=${()=>a(e)}
          ></rect>
        `)}
    </svg>
  `}function He({state:e,results:t,locale:r,texts:i,go:o,showsAllSources:s,toggleSources:c}){let l=t.facets.source,u=l.filter(e=>e.value!==null),f=e.sources.filter(e=>!u.some(({value:t})=>B(t,e))),p=[...f.map(e=>({value:e,count:0})),...u],m=s?p:p.slice(0,Math.max(Ie,f.length)),h=l.find(({value:e})=>e===null)?.count??0,ee=t=>o({sources:Ke(e.sources,t),...L});return n`
    <section class="filter" aria-labelledby="filter-source">
      <h2 id="filter-source">${i.source}</h2>
      <ul class="sources">
        ${m.map(({value:t,count:i})=>n`
            <li>
              <label>
                <input type="checkbox" name="source" .value=${t} .checked=${e.sources.some(e=>B(e,t))} @change=${()=>ee(t)} />
                <span class="name" lang=${_(t)}>${t}</span>
                <span class="count">${d(i,r)}</span>
              </label>
            </li>
          `)}
        ${h?n`<li class="unknown"><span class="name">${i.sourceUnknown}</span><span class="count">${d(h,r)}</span></li>`:a}
      </ul>
      ${p.length>Ie?n`<button type="button" class="plain" aria-expanded=${s} @click=${c}>${s?i.fewerSources:i.moreSources(p.length-m.length)}</button>`:a}
    </section>
  `}function Ue({state:e,texts:t,go:r}){let i=t=>n=>{let i=n.target.value||null,a={from:e.from,to:e.to,[t]:i};r({...a.from&&a.to&&a.from>a.to?{from:a.to,to:a.from}:a,...L})};return n`
    <section class="filter" aria-labelledby="filter-date">
      <h2 id="filter-date">${t.date}</h2>
      <div class="dates">
        <label><span>${t.from}</span><input type="date" name="from" .value=${e.from??``} @change=${i(`from`)} /></label>
        <label><span>${t.to}</span><input type="date" name="to" .value=${e.to??``} @change=${i(`to`)} /></label>
      </div>
    </section>
  `}function We(e){let t=e.reduce((e,t)=>e+t,0),n=0;return e.map(e=>{let r=Math.round(100*(n+e)/(t||1))-Math.round(100*n/(t||1));return n+=e,r})}function Ge(e,t){return e.find(e=>e.value===t)?.count??0}function B(e,t){return e.toLowerCase()===t.toLowerCase()}function Ke(e,t){let n=e.filter(e=>!B(e,t));return n.length<e.length?n:[...e,t]}var qe=new Set([`dense`,`sentences`,`tokens`,`second`]),Je={deviations:7,nats:14},Ye={deviations:[1,2.5,4],nats:[1,4,8]},V=100,Xe=6;function Ze(e){return Object.entries(e.signals).filter(e=>e[1]!==null&&e[1]!==0).map(([e,t])=>({name:e,unit:qe.has(e)?`deviations`:`nats`,value:e===`missing`?-t:t})).sort((e,t)=>H(t)-H(e))}function Qe({unit:e,value:t},n){if(t<0)return n.against;let r=Ye[e].filter(e=>t>=e).length;return n.strengths[r+1]??``}function H({unit:e,value:t}){return Math.max(-1,Math.min(1,t/Je[e]))}var U=class extends S{constructor(...e){super(...e),this.explanation=null,this.score=0,this.locale=`en`}static{this.styles=r`
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
  `}render(){if(!this.explanation)return a;let e=v[this.locale],t=Ze(this.explanation);return n`
      <p>${this.#e(t)}</p>
      <table>
        <tbody>${t.map(e=>this.#t(e))}</tbody>
      </table>
      ${this.#n(this.explanation.matched)}
      <p class="note">${e.explanation.note}</p>
    `}#e(e){let t=v[this.locale],n=e.filter(e=>e.value>0).slice(0,2).map(e=>t.explanation.signals[e.name]??e.name),r=this.locale===`zh`?`。`:`. `;return t.likelihood(this.score)+r+(n.length?t.explanation.foremost(n):``)}#t(e){let t=v[this.locale].explanation,r=e.unit===`deviations`?`σ`:`nat`;return n`
      <tr>
        <th scope="row">${t.signals[e.name]??e.name}</th>
        <td class="bar">${$e(H(e))}</td>
        <td>${Qe(e,t)}</td>
        <td>${e.value>0?`+`:`−`}${Math.abs(e.value).toFixed(1)} ${r}</td>
      </tr>
    `}#n(e){let t=v[this.locale].explanation,r=e.filter(e=>e.weight>0);if(!r.length)return a;let i=this.locale===`zh`?`：`:`: `;return n`
      <div class="note">
        ${t.matched}${i}
        <ul>${r.map(e=>n`
            <li>
              <span class="term" lang=${_(e.text)}>${e.text}</span>
              <span class="kind">(${t.kinds[e.kind]??e.kind})</span>
            </li>
          `)}</ul>
      </div>
    `}};g([e({attribute:!1})],U.prototype,`explanation`,void 0),g([e({type:Number})],U.prototype,`score`,void 0),g([e()],U.prototype,`locale`,void 0),U=g([w(`score-explanation`)],U);function $e(e){let r=Math.abs(e)*V;return n`
    <svg viewBox="0 0 ${V} ${Xe}" preserveAspectRatio="none" aria-hidden="true">
      ${t`<rect class="track" y="2.5" width=${V} height="1"></rect>`}
      ${t`<rect class=${e<0?`against`:`for`} width=${r} height=${Xe}></rect>`}
    </svg>
  `}var W=class extends S{constructor(...e){super(...e),this.hit=null,this.locale=`en`,this.actions=[],this.hrefOf=()=>`#`,this.others=new Map,this.explained=!1,this.explanationFailed=!1}static{this.shadowRootOptions={...S.shadowRootOptions,delegatesFocus:!0}}static{this.styles=r`
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
  `}shouldUpdate(){return this.hit!==null}render(){let e=this.hit;if(!e)return a;let t=e.document.counterparts.length>0;return n`
      <article class=${t?`beside`:``} aria-labelledby="title">
        <span class="rank" aria-hidden="true">${e.rank}</span>
        <div>
          ${this.#t(e)} ${this.#n(e)} ${this.#r(e)} ${this.#i(e)} ${this.#s(e)}
        </div>
        ${t?this.#c(e.document.counterparts):a}
      </article>
    `}get#e(){return v[this.locale]}#t({document:e,passage:t}){return n`
      <h3 id="title" lang=${_(e.title)}>
        <a href=${this.hrefOf(e.id,t.id)} @click=${this.#u(e.id,t.id)}
          >${e.title}</a
        >
      </h3>
    `}#n({document:e,passage:t,also_in:r,also_in_count:i}){let{badge:o,languages:s,alsoIn:c}=this.#e,l=r.map(e=>e.source??e.title).join(`; `);return n`
      <p class="meta">
        <span class="badge" title=${s[t.language]}>${o[t.language]}</span
        >${et(e,this.#e)}${tt(e,this.#e,this.locale)}${r.length?n`<span title=${l}>${c(i)}</span>`:a}
      </p>
    `}#r({passage:e}){let t=p(e.opening,ee(e.text,e.start,e.highlights));return n`<p class="passage" lang=${e.language}>${t.map(e=>e.marked?n`<mark>${e.text}</mark>`:e.text)}</p>`}#i(e){if(!this.actions.length)return a;let{moreLikeThis:t,cite:r}=this.#e;return n`
      <div class="actions">
        ${this.actions.includes(`explain`)?this.#o(e):a}
        ${this.actions.includes(`similar`)?this.#a(`hit-similar`,e,t):a}
        ${this.actions.includes(`cite`)?this.#a(`hit-cite`,e,r):a}
      </div>
    `}#a(e,t,r){return n`<button type="button" class=${e} aria-describedby="title" @click=${()=>this.#d(e,{hit:t})}>${r}</button>`}#o(e){let{relevance:t,why:r}=this.#e;return n`
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
        >${t(e.score)} · ${r}
      </button>
    `}#s(e){if(!this.explained)return a;let{loading:t,failed:r}=this.#e.explanation,i=e.explanation?n`<score-explanation .explanation=${e.explanation} .score=${e.score} .locale=${this.locale}></score-explanation>`:this.explanationFailed?r:t;return n`<div class="explanation" role="status">${i}</div>`}#c(e){let t=m.map(t=>({language:t,found:e.filter(e=>e.language===t)})).filter(({found:e})=>e.length);return n`
      <aside>
        ${t.map(({language:e,found:t})=>n`
            <h4>${this.#e.sameStory[e]}</h4>
            <ul>${t.map(e=>this.#l(e))}</ul>
          `)}
      </aside>
    `}#l({id:e,title:t}){let r=this.others.get(e),i=r?.passage.id??null,o=r?l(r.passage):``;return n`
      <li>
        <a lang=${_(t)} href=${this.hrefOf(e,i)} @click=${this.#u(e,i)}>${t}</a>
        ${o&&r?n`<p lang=${r.passage.language}>${o}</p>`:a}
      </li>
    `}#u(e,t){return n=>{n.ctrlKey||n.metaKey||n.shiftKey||n.altKey||n.button!==0||this.#d(`hit-open`,{documentId:e,passageId:t})||n.preventDefault()}}#d(e,t){return this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0,cancelable:!0}))}};g([e({attribute:!1})],W.prototype,`hit`,void 0),g([e()],W.prototype,`locale`,void 0),g([e({attribute:!1})],W.prototype,`actions`,void 0),g([e({attribute:!1})],W.prototype,`hrefOf`,void 0),g([e({attribute:!1})],W.prototype,`others`,void 0),g([e({type:Boolean})],W.prototype,`explained`,void 0),g([e({type:Boolean})],W.prototype,`explanationFailed`,void 0),W=g([w(`hit-card`)],W);function et(e,t){return e.source?n`<span lang=${_(e.source)}>${e.source}</span>`:n`<span class="unknown">${t.sourceUnknown}</span>`}function tt(e,t,r){return e.published?n`<time datetime=${e.published}>${b(e.published,r)}</time>`:n`<span class="unknown">${t.dateUnknown}</span>`}var nt=[`explain`,`similar`,`cite`],rt=[`similar`,`cite`];function G({state:e,results:t}){let{answer:n}=t;return n?n.hits.slice(0,Math.min(e.count,e.unlikely?e.count:gt(n)||e.count)):[]}function it(e){let{state:t,texts:r,go:i}=e;return n`
    <div class="results-bar">
      <p class="total">${ht(e)}</p>
      ${t.like?a:n`
            <label class="select"><span class="unseen">${r.sort}</span>
              <select name="sort" .value=${t.sort} @change=${e=>i({sort:_t(e)===`published`?`published`:`relevance`,...L})}>
                <option value="relevance" ?selected=${t.sort===`relevance`}>${r.sorts.relevance}</option>
                <option value="published" ?selected=${t.sort===`published`}>${r.sorts.published}</option>
              </select>
            </label>
            <label class="select"><span class="label">${r.group}</span>
              <select name="group" .value=${t.groupBy} @change=${e=>i({groupBy:_t(e)===`passage`?`passage`:`document`,...L})}>
                <option value="document" ?selected=${t.groupBy===`document`}>${r.groups.document}</option>
                <option value="passage" ?selected=${t.groupBy===`passage`}>${r.groups.passage}</option>
              </select>
            </label>
          `}
      <button type="button" class="plain" ?disabled=${!G(e).length} @click=${e.exportHits}>${r.exportHits}</button>
    </div>
  `}function at({state:e,texts:t,likeTitle:r,go:i}){return e.like?n`
    <p class="like">
      <span>${t.similarTo} <b lang=${_(r??``)}>${r??`…`}</b></span>
      <button type="button" class="plain" @click=${()=>i({like:null,likeDocument:null,...L})}>${t.backToSearch}</button>
    </p>
  `:a}function ot(e){let{results:t,texts:r}=e;if(t.problem)return mt(e);if(!t.answer)return t.isBusy?n`<p class="quiet waiting">${r.searching}</p>`:a;let i=dt(e,t.answer);return t.answer.hits.length?n`${i??a} ${t.answer.total===0?ft(e):a} ${st(e,t.answer)} ${ut(e,t.answer)}`:i??pt(e,t.answer)}function st(e,t){let r=G(e),i=gt(t)||r.length,o=r.slice(i);return n`
    ${ct(e,t,r.slice(0,i))}
    ${o.length?n`<h3 class="divider">${e.texts.unlikely}</h3>
            ${ct(e,t,o)}`:a}
  `}function ct(e,t,r){let i=new Map(t.hits.toReversed().map(e=>[e.document.id,e]));return n`
    <ol class="hits" start=${r[0]?.rank??1} aria-busy=${e.results.isBusy}>
      ${ne(r,({passage:e})=>e.id,t=>n`<li>${lt(e,t,i)}</li>`)}
    </ol>
  `}function lt({state:e,results:t,locale:r},i,a){let o=t.explained.get(i.passage.id),s=typeof o==`object`?o:i.explanation,c=(t,n)=>`/${N({...e,document:t,passage:n,beside:null})}`;return n`
    <hit-card
      .hit=${s===i.explanation?i:{...i,explanation:s}}
      .locale=${r}
      .actions=${e.like?rt:nt}
      .hrefOf=${c}
      .others=${a}
      .explained=${o!==void 0}
      .explanationFailed=${o===`failed`}
    ></hit-card>
  `}function ut(e,t){let{state:r,texts:i,go:o}=e,{total:s,isAtLeast:c}=t,l=t.hasMore&&r.count<1e3,u=G(e).length,d={count:Math.min(Math.max(r.count,u)+20,je)},f=(e,t)=>n`<p class="more"><button type="button" class="button" @click=${()=>o(t)}>${e}</button></p>`;return s===null||r.unlikely||s===0?l||t.hits.length>u?f(i.moreUnlikely,d):a:u<s||c&&l?f(i.more(u,s,c),d):r.sort===`relevance`&&(l||t.hits.length>u)?f(i.showUnlikely,{unlikely:!0,count:u+20}):n`<p class="quiet">${i.allShown}</p>`}function dt({locale:e},{query:t}){let r=t&&c(t,e);return r?n`<div class="notice note"><p role="status">${r}</p></div>`:null}function ft({texts:e}){return n`<div class="notice"><p>${e.nothingRelevant}</p><p class="quiet">${e.nothingRelevantHint}</p></div>`}function pt(e,{index:t}){let{state:r,texts:i,go:o}=e,s=ze(e)>0;return n`
    <div class="notice">
      <p>${t.documents?s?i.nothingPasses:i.nothingFound:i.emptyIndex}</p>
      ${s?n`<p><button type="button" class="button" @click=${()=>o(I(r))}>${i.clearFilters}</button></p>`:t.documents?n`<p class="quiet">${i.nothingRelevantHint}</p>`:a}
    </div>
  `}function mt({results:e,texts:t,retry:r}){let{status:i,detail:o}=e.problem??{status:0,detail:``},{problems:s}=t,c=i===0?s.unreachable:i===503||i===429?s.busy:i===413?s.tooLarge:i===404?s.notFound:i===422?s.invalid:s.failed;return n`
    <div class="problem">
      <div role="alert">
        <h3>${s.title}</h3>
        <p>${c}</p>
        ${o?n`<p class="detail" lang="en">${o}</p>`:a}
      </div>
      <p>
        ${i===422||i===413?a:n`<button type="button" class="button" @click=${r}>${s.retry}</button>`}
        ${e.retryIn===null?a:n`<span class="quiet">${s.retryIn(e.retryIn)}</span>`}
      </p>
    </div>
  `}function ht({state:e,results:t,texts:n}){let{answer:r}=t;return!r||t.problem?t.isBusy?n.searching:``:r.total===null?n.similarFound(r.hits.length):n.relevant(r.total,r.isAtLeast,e.groupBy)}function gt({total:e,isAtLeast:t,hits:n}){return e===null||t?n.length:e}function _t(e){return e.target.value}var vt=48;function yt(e){let t=e.filter(e=>e.value!==null),n=t.map(({value:e})=>e).sort(),[r,i]=[n[0],n.at(-1)];if(!r||!i)return[];let a=bt(r,i),o=new Map;for(let{value:e,count:n}of t){let t=xt(e,a);o.set(t,(o.get(t)??0)+n)}return St(r,i,a).map(e=>({key:e,count:o.get(e)??0,...Ct(e)}))}function K(e,t){return e.length===7?u(e,t):e.length===4?t===`zh`?`${e}年`:e:t===`zh`?`${e}0年代`:`${e}0s`}function bt(e,t){let n=q(t)-q(e)+1;return n<=vt?`month`:n<=576?`year`:`decade`}function xt(e,t){return e.slice(0,{month:7,year:4,decade:3}[t])}function St(e,t,n){let r={month:1,year:12,decade:120}[n],i=Math.floor(q(e)/r)*r,a=[];for(let e=i;e<=q(t);e+=r)a.push(xt(wt(e),n));return a}function Ct(e){let t=e.length===7?e:`${e.padEnd(4,`0`)}-01`,n=e.length===7?e:`${e.padEnd(4,`9`)}-12`,r=new Date(Date.UTC(Number(n.slice(0,4)),Number(n.slice(5)),0)).getUTCDate();return{from:`${t}-01`,to:`${n}-${String(r).padStart(2,`0`)}`}}function q(e){return Number(e.slice(0,4))*12+Number(e.slice(5,7))-1}function wt(e){return`${String(Math.floor(e/12)).padStart(4,`0`)}-${String(e%12+1).padStart(2,`0`)}`}var Tt=4,J=class extends S{constructor(...e){super(...e),this.facet=[],this.period={from:null,to:null},this.locale=`en`,this.pointed=null,this.focused=0,this.#e=[],this.#u=async e=>{let t=this.#e.length-1,n={ArrowLeft:this.focused-1,ArrowRight:this.focused+1,Home:0,End:t}[e.key];n!==void 0&&(e.preventDefault(),this.focused=Math.max(0,Math.min(t,n)),await this.updateComplete,this.current?.focus())}}static{this.styles=r`
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
  `}#e;willUpdate(e){e.has(`facet`)&&(this.#e=yt(this.facet)),this.focused=Math.min(this.focused,Math.max(0,this.#e.length-1))}render(){let e=D[this.locale];return n`
      <div class="head"><span class="title" id="title">${e.timeline}</span><span class="now">${this.#r()}</span></div>
      ${this.#e.length?this.#t():n`<div class="none">${this.facet.length?e.noDates:a}</div>`}
      <div class="ends">${this.#i()}</div>
    `}#t(){let e=Math.max(...this.#e.map(({count:e})=>e),Tt);return n`
      <svg role="group" aria-labelledby="title" @keydown=${this.#u} @pointerleave=${()=>this.#l(null)}>
        ${this.#e.map((t,n)=>this.#n(t,n,e))}
      </svg>
    `}#n(e,n,r){let i=100/this.#e.length,a=Math.min(i*.85,6),o=e.count?Math.max(4,100*e.count/r):0,s=D[this.locale].bar(K(e.key,this.locale),e.count),c=()=>this.#s(e,n);return t`
      <g
        role="button"
        data-key=${e.key}
        tabindex=${n===this.focused?0:-1}
        aria-label=${s}
        aria-pressed=${this.#a(e)?`true`:`false`}
        class=${this.#o(e)?``:`off`}
        @click=${c}
        @keydown=${e=>{(e.key===`Enter`||e.key===` `)&&(e.preventDefault(),c())}}
        @focus=${()=>this.#c(n)}
        @pointerenter=${()=>this.#l(e.key)}
      >
        <rect class="hit-area" x="${n*i}%" width="${i}%" height="100%"></rect>
        <rect class="bar" x="${n*i+(i-a)/2}%" width="${a}%" y="${100-o}%" height="${o}%"></rect>
      </g>
    `}#r(){let e=D[this.locale],t=this.#e.find(({key:e})=>e===this.pointed);if(t)return e.bar(K(t.key,this.locale),t.count);let n=this.facet.find(({value:e})=>e===null)?.count??0;return n&&this.#e.length?e.undated(n):``}#i(){let[e,t]=[this.#e[0],this.#e.at(-1)];return!e||!t?a:n`
      <span>${K(e.key,this.locale)}</span>
      ${e===t?a:n`<span>${K(t.key,this.locale)}</span>`}
    `}#a({from:e,to:t}){return this.period.from===e&&this.period.to===t}#o({from:e,to:t}){return(!this.period.from||t>=this.period.from)&&(!this.period.to||e<=this.period.to)}#s(e,t){this.focused=t;let n=this.#a(e)?{from:null,to:null}:{from:e.from,to:e.to};this.dispatchEvent(new CustomEvent(`period`,{detail:n}))}#c(e){this.focused=e,this.pointed=this.#e[e]?.key??null}#l(e){this.pointed=e}#u};g([e({attribute:!1})],J.prototype,`facet`,void 0),g([e({attribute:!1})],J.prototype,`period`,void 0),g([e()],J.prototype,`locale`,void 0),g([i()],J.prototype,`pointed`,void 0),g([i()],J.prototype,`focused`,void 0),g([C(`g[tabindex='0']`)],J.prototype,`current`,void 0),J=g([w(`month-chart`)],J);var Et=2,Dt=new Set([429,503]),Ot=class{#e;#t;#n;#r;constructor(e,t){this.overview=null,this.#n=!1,this.#r=0,this.#e=e,this.#t=t,e.addController(this)}hostDisconnected(){window.clearTimeout(this.#r)}async load(){if(!this.#n){this.#n=!0;try{this.overview=await this.#t.overview(),this.#e.requestUpdate()}catch(e){this.#n=!1,this.#i(e)}}}#i(e){if(!(e instanceof x)||!Dt.has(e.status))return;let t=Math.max(e.retryAfterSeconds??Et,1);window.clearTimeout(this.#r),this.#r=window.setTimeout(()=>void this.load(),1e3*t)}},Y={locale:`haihe.locale`,theme:`haihe.theme`,shortcuts:`haihe.shortcuts`},X={get locale(){return y(kt(Y.locale))},set locale(e){At(Y.locale,e)},get theme(){let e=kt(Y.theme);return e===`light`||e===`dark`?e:null},set theme(e){At(Y.theme,e)},get shortcuts(){return kt(Y.shortcuts)!==`off`},set shortcuts(e){At(Y.shortcuts,e?null:`off`)}};function kt(e){try{return localStorage.getItem(e)}catch{return null}}function At(e,t){try{t===null?localStorage.removeItem(e):localStorage.setItem(e,t)}catch{return}}var jt=100,Mt=2,Nt=new Set([429,503]),Pt={language:[],source:[],month:[]},Ft=class{#e;#t;#n;#r;#i;#a;constructor(e,t){this.answer=null,this.facets=Pt,this.isBusy=!1,this.problem=null,this.retryIn=null,this.explained=new Map,this.#n=new o,this.#r=new Map,this.#i=null,this.#a=0,this.#e=e,this.#t=t,e.addController(this)}hostDisconnected(){this.#n.abort(),window.clearTimeout(this.#a)}async load(e){!e.query&&!e.like?this.#o():this.#i&&z(e,this.#i)&&e.count<=this.#i.count&&!this.problem||(this.#i=e,await this.#s(e))}async retry(){this.#i&&await this.#s(this.#i)}async explain(e){let t=e.passage.id;if(this.explained.delete(t)){this.#e.requestUpdate();return}this.#g(t,e.explanation??`loading`);let{answer:n}=this;if(e.explanation||!n)return;let r=await this.#h(e,n.state).catch(()=>null);this.explained.has(t)&&this.#g(t,r??`failed`)}article(e){let t=this.#r.get(e);if(t)return t;let n=this.#t.document(e);return this.#r.set(e,n),n.catch(()=>this.#r.delete(e)),n}#o(){this.#n.abort(),window.clearTimeout(this.#a),this.#i=null,this.answer=null,this.facets=Pt,this.problem=null,this.retryIn=null,this.isBusy=!1,this.#e.requestUpdate()}async#s(e){let t=this.#n.next();window.clearTimeout(this.#a),this.retryIn=null,this.isBusy=!0,this.#e.requestUpdate();try{await(e.like?this.#c(e,e.like,t):this.#l(e,t)),this.problem=null}catch(e){if(re(e))return;this.#p(e)}this.isBusy=!1,this.#e.requestUpdate()}async#c(e,t,n){let r=Math.min(e.count,jt),{hits:i,index:a}=await this.#t.similar(t,r,n),o=i.length===r&&r<jt;this.#u({state:e,hits:i,total:null,isAtLeast:!1,index:a,query:null,hasMore:o}),this.facets=Pt}async#l(e,t){let n=[...this.answer&&z(this.answer.state,e)?this.answer.hits:[]];if(n.length>=e.count)this.#f(e,t);else for(;;){let r=Math.min(e.count-n.length,jt),i=await this.#t.search(R(e,n.length,r),t);n=[...n,...i.hits];let a=i.hits.length===r;if(a&&n.length<e.count)continue;let{total:o,index:s,query:c}=i;this.#u({state:e,hits:n,total:o,isAtLeast:i.total_relation===`gte`,index:s,query:c,hasMore:a}),this.#d(e,i.facets),this.#f(e,t);return}}#u(e){this.answer&&!z(this.answer.state,e.state)&&this.explained.clear(),this.answer=e}#d(e,t){let n=P.map(n=>[n,F(e,n)&&this.facets[n].length?this.facets[n]:t[n]]);this.facets=Object.fromEntries(n)}async#f(e,t){let n=P.filter(t=>F(e,t));try{for(let r of n){let n=await this.#t.search(R(I(e,r),0,1),t);this.facets={...this.facets,[r]:n.facets[r]},this.#e.requestUpdate()}}catch{}}#p(e){this.problem=e instanceof x?e:new x(0,String(e)),this.answer=null,Nt.has(this.problem.status)&&this.#m(Math.ceil(this.problem.retryAfterSeconds??Mt))}#m(e){this.retryIn=e,this.#e.requestUpdate(),this.#a=window.setTimeout(()=>e>1?this.#m(e-1):void this.retry(),e>0?1e3:0)}async#h(e,t){let n={...R(t,e.rank-1,1),explain:!0},{hits:r}=await this.#t.search(n),i=r[0];return i?.passage.id===e.passage.id?i.explanation:null}#g(e,t){this.explained.set(e,t),this.#e.requestUpdate()}},It=60,Z=class extends S{constructor(...e){super(...e),this.value=``,this.locale=`en`,this.#e=0,this.#t=e=>{window.clearTimeout(this.#e),e instanceof InputEvent&&e.isComposing||this.#n()},this.#n=()=>{window.clearTimeout(this.#e),this.#e=window.setTimeout(()=>this.#i(!1),It)},this.#r=e=>{e.preventDefault(),this.#i(!0)}}#e;createRenderRoot(){return this}updated(e){e.has(`value`)&&this.show(this.value)}show(e){this.input.value.trim()!==e&&(window.clearTimeout(this.#e),this.input.value=e)}focus(){this.input.focus(),this.input.select()}render(){let e=D[this.locale];return n`
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
        <details class="syntax">
          <summary class="button" aria-label=${e.syntax.title} title=${e.syntax.title}>?</summary>
          <dl>${e.syntax.list.map(([e,t])=>n`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
        </details>
      </form>
    `}#t;#n;#r;#i(e){window.clearTimeout(this.#e);let t={query:this.input.value.trim(),isDone:e};this.dispatchEvent(new CustomEvent(`query`,{detail:t}))}};g([e()],Z.prototype,`value`,void 0),g([e()],Z.prototype,`locale`,void 0),g([C(`input`)],Z.prototype,`input`,void 0),Z=g([w(`search-box`)],Z);var Lt=new Set([`/`,`j`,`k`]),Rt=`input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]`;function zt(e,t){if(e.defaultPrevented||e.isComposing||e.ctrlKey||e.metaKey||e.altKey||document.querySelector(`dialog[open]`))return!1;let n=e.composedPath()[0];return n instanceof Element&&n.matches(Rt)?e.key===`ArrowDown`&&n.id===`query`:!Lt.has(e.key)||t}function Bt(e,t){let n=[...e.querySelectorAll(`hit-card`)],r=n.indexOf(document.activeElement);if(t.key.startsWith(`Arrow`)&&r<0&&document.activeElement?.id!==`query`)return!1;let i={j:1,ArrowDown:1,k:-1,ArrowUp:-1}[t.key];return!i||!n.length?!1:(r+i<0?e.querySelector(`#query`)?.focus():Vt(n[Math.min(r+i,n.length-1)]),!0)}function Vt(e){e?.focus({preventScroll:!0}),e?.scrollIntoView({block:`nearest`})}function Ht(e){let t=D[e.locale],{overview:r}=e;return n`
    <main class="start" id="results" tabindex="-1">
      <h2>${t.lead}</h2>
      <p class="quiet">${t.leadMore}</p>
      ${r?[Ut(r,e,t),Wt(r,e.locale,t)]:a}
    </main>
  `}function Ut(e,t,r){let i=m.filter(t=>e.examples[t].length);return i.length?n`<div class="examples">
    ${i.map(i=>n`
        <section aria-labelledby="examples-${i}">
          <h3 id="examples-${i}">${r.examples[i]}</h3>
          <ul lang=${i}>
            ${e.examples[i].map(e=>n`<li><a href=${t.href(e)} @click=${t.ask(e)}>${e}</a></li>`)}
          </ul>
        </section>
      `)}
  </div>`:a}function Wt(e,t,r){let{label:i,articles:a,passages:o,published:s,sources:c}=r.facts;return n`<section class="facts" aria-labelledby="facts">
    <h3 id="facts">${i}</h3>
    <dl>
      ${Q(a,[d(e.documents,t)])}
      ${Q(o,Gt(e,t,r))}
      ${Q(s,Kt(e,t,r))} ${Q(c,qt(e,t,r))}
    </dl>
  </section>`}function Q(e,t){return n`<div>
    <dt>${e}</dt>
    <dd>${t.map(e=>n`<span>${e}</span> `)}</dd>
  </div>`}function Gt({passages:e},t,n){return m.filter(t=>e[t]).map(r=>n.facts.inLanguage(d(e[r],t),r))}function Kt({published:e},t,{facts:n}){let{first:r,last:i,undated:a}=e;if(!r||!i)return[n.noDay];let o=r===i?b(r,t):n.range(b(r,t),b(i,t));return a?[o,n.undated(a)]:[o]}function qt(e,t,{facts:n}){let r=e.sources.map(({value:e,count:n})=>`${e}\u00a0(${d(n,t)})`),i=e.source_count-e.sources.length;return r.length?[...r,...i?[n.moreSources(i)]:[],...e.unsourced?[n.unsourced(e.unsourced)]:[]]:[n.noSource]}var Jt=window.matchMedia(`(prefers-color-scheme: dark)`);function Yt(){return X.theme??(Jt.matches?`dark`:`light`)}function Xt(){let e=Yt()===`dark`?`light`:`dark`;X.theme=e===(Jt.matches?`dark`:`light`)?null:e,Zt()}function Zt(){let{theme:e}=X;e?document.documentElement.dataset.theme=e:delete document.documentElement.dataset.theme}function Qt(e){Jt.addEventListener(`change`,e)}var $t=window.matchMedia(`(min-width: 64rem)`),$=class extends S{constructor(...e){super(...e),this.#e=new f,this.#t=new Ft(this,this.#e),this.#n=new Ot(this,this.#e),this.now=Me(location.search),this.showsAllSources=!1,this.showsFilters=!1,this.likeTitle=null,this.hasShortcuts=X.shortcuts,this.#m=({detail:e})=>{let{query:t,isDone:n}=e,r=t!==this.now.query||this.now.like!==null;(r||n)&&(r?this.#f({query:t,like:null,likeDocument:null,...L},{isDraft:!n}):history.replaceState({},``))},this.#h=en(()=>{this.#f({...M,locale:this.now.locale}),this.box.show(``),this.box.focus()}),this.#g=e=>{e.preventDefault(),this.querySelector(`#results`)?.focus()},this.#v=()=>{Xt(),this.requestUpdate()},this.#y=e=>{this.hasShortcuts=e.target.checked,X.shortcuts=this.hasShortcuts},this.#b=e=>{e.preventDefault(),this.#x(e.detail.documentId,e.detail.passageId)},this.#S=()=>{let e=this.#d;e>0?history.go(-e):this.#f({document:null,passage:null,beside:null})},this.#w=({detail:e})=>{let{passage:t,document:n}=e.hit;this.#T(this.now.groupBy===`document`?n.id:t.id,n.id)},this.#D=({detail:e})=>{this.#t.explain(e.hit)},this.#O=({detail:e})=>{this.exports.open([],[e.hit.document],`gbt7714`)},this.#k=e=>{if(zt(e,this.hasShortcuts)){if(e.key===`/`)this.box.focus();else if(e.key===`Escape`&&this.now.like)this.#f({like:null,likeDocument:null,...L});else if(!Bt(this,e))return;e.preventDefault()}}}#e;#t;#n;createRenderRoot(){return this}connectedCallback(){super.connectedCallback();let e=()=>this.requestUpdate();window.addEventListener(`popstate`,()=>this.#p(Me(location.search))),document.addEventListener(`keydown`,this.#k),$t.addEventListener(`change`,e),Qt(e),this.#p(this.now)}firstUpdated(){!this.#i&&!this.now.document&&this.box.updateComplete.then(()=>this.box.focus())}get#r(){return this.now.locale??X.locale??s(...navigator.languages)}get#i(){return this.now.query!==``||this.now.like!==null}get#a(){return{state:this.now,results:this.#t,locale:this.#r,texts:D[this.#r],likeTitle:this.likeTitle,go:e=>this.#f(e),exportHits:()=>{let e=G(this.#a);this.exports.open(e,e.map(e=>e.document))},retry:()=>void this.#t.retry()}}render(){let e=D[this.#r];return n`
      <a class="skip" href="#results" @click=${this.#g}>${e.skip}</a>
      ${this.#o()}
      <div class="progress ${this.#t.isBusy?`busy`:``}"></div>
      ${this.#i?this.#c():this.#s()}
      ${this.#u()}
      <p class="unseen" role="status">${this.#i&&!this.#t.isBusy?ht(this.#a):a}</p>
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
    `}#o(){let e=this.#r,t=D[e],r=m.find(t=>t!==e)??e;return n`
      <header class="top">
        <h1><a href=${`/${N({...M,locale:this.now.locale})}`} @click=${this.#h}><span lang="en">haihe</span> <span lang="zh">海河</span></a></h1>
        <search-box .value=${this.now.query} .locale=${e} @query=${this.#m}></search-box>
        <div class="top-actions">
          <button type="button" class="plain" lang=${r} data-action="locale" @click=${()=>this.#_(r)}>${{zh:`中文`,en:`English`}[r]}</button>
          <button type="button" class="plain" data-action="theme" @click=${this.#v}>${Yt()===`dark`?t.theme.light:t.theme.dark}</button>
        </div>
      </header>
    `}#s(){return this.#n.load(),Ht({locale:this.#r,overview:this.#n.overview,href:e=>`/${N({...M,query:e,locale:this.now.locale})}`,ask:e=>en(()=>this.#f({query:e}))})}#c(){let e=this.#a,{texts:t,locale:r,results:i}=e,o=this.now.like!==null;return n`
      <div class="columns ${o?`alone`:``}">
        ${o?a:this.#l()}
        <main id="results" tabindex="-1" aria-label=${t.results} @hit-open=${this.#b} @hit-similar=${this.#w} @hit-explain=${this.#D} @hit-cite=${this.#O}>
          <h2 class="unseen">${t.results}</h2>
          ${at(e)}
          ${o?a:n`<month-chart
                  .facet=${i.facets.month}
                  .period=${{from:this.now.from,to:this.now.to}}
                  .locale=${r}
                  @period=${({detail:e})=>this.#f({...e,...L})}
                ></month-chart>`}
          ${it(e)} ${Re(e)} ${ot(e)}
        </main>
      </div>
    `}#l(){let e=this.#a,t=ze(e);return n`
      <aside class="side" aria-label=${e.texts.filters}>
        <details ?open=${$t.matches||this.showsFilters} @toggle=${e=>{$t.matches||(this.showsFilters=e.currentTarget.open)}}>
          <summary>${t?e.texts.filtersOn(t):e.texts.filters}</summary>
          ${Le({...e,showsAllSources:this.showsAllSources,toggleSources:()=>{this.showsAllSources=!this.showsAllSources}})}
        </details>
      </aside>
    `}#u(){let{keys:e,indexed:t}=D[this.#r],r=this.#t.answer?.index;return n`
      <footer class="bottom">
        <p class="keys">
          ${e.list.map(([e,t])=>n`<span><kbd>${e}</kbd> ${t}</span>`)}
          <label><input type="checkbox" name="shortcuts" .checked=${this.hasShortcuts} @change=${this.#y} /> ${e.on}</label>
        </p>
        ${r?n`<p>${t(r.documents,r.passages)}</p>`:a}
      </footer>
    `}get#d(){return history.state?.depth??0}#f(e,t={}){let n={...this.now,...e},r=history.state?.isDraft===!0&&t.isDraft===!0,i=location.pathname+N(n);i===location.pathname+location.search?history.replaceState(t,``,i):history[r?`replaceState`:`pushState`](t,``,i),z(n,this.now)||window.scrollTo(0,0),this.#p(n)}#p(e){let t=this.now;this.now=e;let n=this.#r,r=D[n];document.documentElement.lang=n===`zh`?`zh-CN`:`en`,document.title=e.query?r.pageTitle(e.query):r.title,e.likeDocument===t.likeDocument&&this.likeTitle||this.#E(e.likeDocument),this.#t.load(e),t.document&&!e.document&&this.#C(t.document)}#m;#h;#g;#_(e){X.locale=e,history.replaceState(history.state,``,location.pathname+N({...this.now,locale:e})),this.#p({...this.now,locale:e})}#v;#y;#b;#x(e,t){this.#f({document:e,passage:t,beside:null},{depth:this.#d+1})}#S;async#C(e){await this.updateComplete,document.activeElement===document.body&&([...this.querySelectorAll(`hit-card`)].find(({hit:t})=>t?.document.id===e)??this.box).focus()}#w;#T(e,t){this.#f({like:e,likeDocument:t,document:null,passage:null,beside:null,...L}),this.querySelector(`#results`)?.focus({preventScroll:!0})}async#E(e){if(this.likeTitle=null,!e)return;let t=await this.#t.article(e).catch(()=>null);e===this.now.likeDocument&&(this.likeTitle=t?.title??e)}#D;#O;#k};g([i()],$.prototype,`now`,void 0),g([i()],$.prototype,`showsAllSources`,void 0),g([i()],$.prototype,`showsFilters`,void 0),g([i()],$.prototype,`likeTitle`,void 0),g([i()],$.prototype,`hasShortcuts`,void 0),g([C(`search-box`)],$.prototype,`box`,void 0),g([C(`export-dialog`)],$.prototype,`exports`,void 0),$=g([w(`haihe-page`)],$);function en(e){return t=>{t.ctrlKey||t.metaKey||t.shiftKey||t.altKey||(t.preventDefault(),e())}}Zt();