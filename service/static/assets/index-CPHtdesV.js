import{C as e,D as t,E as n,S as r,T as i,_ as a,a as o,b as s,c,d as l,f as u,g as d,h as f,i as p,l as m,m as ee,n as h,o as g,p as te,r as _,s as v,t as ne,u as y,v as re,w as b,x,y as ie}from"./repeat-CRyzLfb_.js";var S=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})};function ae(e,t,n){let r=m(e),i=e=>e?{start:r(e.start),end:r(e.end)}:null,[a,o]=[i(t),i(n)],s=[a,o].flatMap(e=>e?[e.start,e.end]:[]),c=[];for(let t of e.matchAll(/[^\n]+/g)){if(!t[0].trim())continue;let[n,r]=[t.index,t.index+t[0].length],i=[n,...s.filter(e=>n<e&&e<r).sort((e,t)=>e-t),r];c.push(i.slice(1).flatMap((t,r)=>{let s=i[r]??n;if(s===t)return[];let c=oe(s,o)?`best`:oe(s,a)?`passage`:`text`;return[{text:e.slice(s,t),role:c}]}))}return c}function oe(e,t){return t!==null&&t.start<=e&&e<t.end}var se=e=>t=>u(t,e),C=se(`zh`),w=se(`en`),T={zh:{title:`海河 · 中英双语检索`,pageTitle:e=>`${e} · 海河`,skip:`跳到检索结果`,searchLabel:`用中文或英文提问`,placeholder:`用中文或英文提问`,search:`检索`,syntax:{title:`精确查找与排除`,list:[[`"公交线路"`,`原文必须逐字出现`],[`-地铁`,`不出现这个词（减号前要有空格）`],[`-"公交线路"`,`不出现这段原文`]]},switchLanguage:`界面语言`,theme:{label:`明暗`,light:`浅色`,dark:`深色`,auto:`随系统`},lead:`用中文或英文提问，同时找到两种语言的段落。`,leadMore:`每条结果都标出最能回答问题的句子，注明来源与日期，并列出同一报道的另一语言版本。`,examples:{zh:`中文提问`,en:`英文提问`},results:`检索结果`,relevant:(e,t,n)=>`${t?`至少 `:``}${C(e)} ${n===`document`?`篇相关文章`:`个相关段落`}`,similarTo:`与此相似：`,similarFound:e=>`${C(e)} 条相似结果`,backToSearch:`返回检索`,searching:`正在检索……`,filters:`筛选`,filtersOn:e=>`筛选（${e}）`,clearFilters:`清除全部筛选`,removeFilter:e=>`取消筛选：${e}`,language:`语言`,source:`来源`,sourceUnknown:`未注明`,moreSources:e=>`其余 ${e} 个来源`,fewerSources:`收起`,date:`日期`,from:`从`,to:`到`,timeline:`按发布时间`,timelineHint:`点击某一段时间即可筛选，再点一次取消`,bar:(e,t)=>`${e}，${C(t)} 条`,undated:e=>`另有 ${C(e)} 条未注明日期`,noDates:`结果均未注明日期`,sort:`排序`,sorts:{relevance:`按相关度`,published:`按日期，新的在前`},group:`每条结果`,groups:{document:`一篇文章`,passage:`一个段落`},exportHits:`导出`,more:(e,t,n)=>`继续显示（已显示 ${C(e)}，${n?`至少`:`共`} ${C(t)}）`,moreUnlikely:`继续显示`,showUnlikely:`也显示不太可能相关的结果`,unlikely:`以下结果不太可能相关`,allShown:`相关结果已全部显示`,nothingRelevant:`没有找到相关内容，以下是最接近的结果。`,nothingPasses:`没有结果符合这些筛选条件。`,nothingFound:`没有找到任何结果。`,emptyIndex:`索引是空的。请先用 haihe index 建立索引。`,nothingRelevantHint:`可以换一种说法，或者放宽筛选条件。`,problems:{title:`检索失败`,unreachable:`连接不上检索服务。请确认服务正在运行、网络通畅，然后重试。`,busy:`服务正在启动或暂时繁忙，稍后会自动重试。`,invalid:`服务不接受这次检索。请按下面的说明修改提问或筛选条件。`,tooLarge:`提问太长。请缩短后重试。`,notFound:`索引里没有这篇文章。它可能已被移除，请重新检索。`,failed:`服务出错了。请重试；如果仍然出错，请把下面的说明告诉管理员。`,retry:`重试`,retryIn:e=>`${e} 秒后自动重试`},article:{label:`文章`,close:`关闭`,loading:`正在打开文章……`,original:`查看原文网页`,by:`作者：`,sameStory:`同一报道的另一语言版本`,beside:`对照阅读`,closeBeside:`结束对照`,toPassage:`回到该段落`,similar:`更多类似文章`,cite:`引用`,copyLink:`复制链接`},exporting:{title:e=>`导出 ${C(e)} 条结果`,format:`格式`,preview:`预览`,copy:`复制`,copied:`已复制。`,copyFailed:`浏览器不允许复制。文本已选中，请按 Ctrl+C。`,download:`下载`,close:`关闭`,authors:`正在读取作者……`,authorsFailed:`有些文章的作者没能读取，引文里缺少作者。`},keys:{title:`键盘`,on:`启用单键快捷键`,list:[[`/`,`提问`],[`j k`,`下一条、上一条`],[`Enter`,`打开文章`],[`Esc`,`关闭`]]},indexed:(e,t)=>`索引中有 ${C(e)} 篇文章，${C(t)} 个段落`},en:{title:`haihe · Search in Chinese and English`,pageTitle:e=>`${e} · haihe`,skip:`Skip to the results`,searchLabel:`Ask in English or Chinese`,placeholder:`Ask in English or Chinese`,search:`Search`,syntax:{title:`Exact words, and words to leave out`,list:[[`"bus line"`,`must appear word for word`],[`-metro`,`must not appear (a blank before the minus)`],[`-"bus line"`,`must not appear word for word`]]},switchLanguage:`Language of the interface`,theme:{label:`Appearance`,light:`Light`,dark:`Dark`,auto:`System`},lead:`Ask in English or Chinese. Find the passages of both.`,leadMore:`Each hit marks the sentence that answers best, names its source and date, and lists the same story in the other language.`,examples:{zh:`Ask in Chinese`,en:`Ask in English`},results:`Results`,relevant:(e,t,n)=>`${t?`At least `:``}${w(e)} relevant ${n===`document`?e===1?`article`:`articles`:e===1?`passage`:`passages`}`,similarTo:`More like`,similarFound:e=>`${w(e)} similar ${e===1?`hit`:`hits`}`,backToSearch:`Back to the search`,searching:`Searching…`,filters:`Filters`,filtersOn:e=>`Filters (${e})`,clearFilters:`Clear all filters`,removeFilter:e=>`Remove the filter ${e}`,language:`Language`,source:`Source`,sourceUnknown:`not stated`,moreSources:e=>`${e} more ${e===1?`source`:`sources`}`,fewerSources:`Fewer sources`,date:`Date`,from:`From`,to:`To`,timeline:`When published`,timelineHint:`Click a bar to keep only that time; click it again to let go`,bar:(e,t)=>`${e}: ${w(t)} ${t===1?`hit`:`hits`}`,undated:e=>`${w(e)} more without a date`,noDates:`None of the hits states a date`,sort:`Order`,sorts:{relevance:`Most relevant first`,published:`Newest first`},group:`A hit is`,groups:{document:`an article`,passage:`a passage`},exportHits:`Export`,more:(e,t,n)=>`Show more (${w(e)} of ${n?`at least `:``}${w(t)})`,moreUnlikely:`Show more`,showUnlikely:`Show what is unlikely to be relevant, too`,unlikely:`Unlikely to be relevant`,allShown:`All relevant hits are shown`,nothingRelevant:`Nothing relevant was found. These come closest.`,nothingPasses:`Nothing passes these filters.`,nothingFound:`Nothing was found.`,emptyIndex:`The index is empty. Fill it with haihe index.`,nothingRelevantHint:`Put the question in other words, or loosen the filters.`,problems:{title:`The search failed`,unreachable:`The search service can’t be reached. Check that it is running and that the network is up, then try again.`,busy:`The service is starting or busy. It is asked again in a moment.`,invalid:`The service doesn’t take this search. Change the question or the filters as it says:`,tooLarge:`The question is too long. Shorten it and try again.`,notFound:`The index has no such article. It may have been removed; search anew.`,failed:`The service failed. Try again; if it fails again, tell its operator what it says:`,retry:`Try again`,retryIn:e=>`Trying again in ${e} s`},article:{label:`Article`,close:`Close`,loading:`Opening the article…`,original:`Original page`,by:`By`,sameStory:`The same story in the other language`,beside:`Read side by side`,closeBeside:`Close`,toPassage:`Back to the passage`,similar:`More like this`,cite:`Cite`,copyLink:`Copy link`},exporting:{title:e=>`Export ${w(e)} ${e===1?`hit`:`hits`}`,format:`Format`,preview:`Preview`,copy:`Copy`,copied:`Copied.`,copyFailed:`The browser doesn’t allow copying. The text is selected: press Ctrl+C.`,download:`Download`,close:`Close`,authors:`Reading the authors…`,authorsFailed:`The authors of some articles could not be read; their references lack them.`},keys:{title:`Keys`,on:`Single-key shortcuts`,list:[[`/`,`ask`],[`j k`,`next, previous hit`],[`Enter`,`open the article`],[`Esc`,`close`]]},indexed:(e,t)=>`${w(e)} ${e===1?`article`:`articles`} and ${w(t)} ${t===1?`passage`:`passages`} in the index`}},ce={zh:[`武清区一般公共预算收入是多少？`,`刘松林`,`1721亿元`,`滨海新区来自北京的投资`],en:[`How much investment from Beijing has Binhai attracted in five years?`,`Liu Songlin`,`172.1 billion yuan`,`budget revenue of Wuqing`]},E=class extends e{constructor(...e){super(...e),this.documentId=null,this.passageId=null,this.besideId=null,this.hits=[],this.read=()=>Promise.reject(new a(0,``)),this.locale=`en`,this.article=null,this.beside=null,this.#e=!1,this.#t=null,this.#s=()=>{this.documentId&&!D(this.article)&&this.#d(this.documentId),this.besideId&&!D(this.beside)&&this.#f(this.besideId)},this.#p=e=>{e.preventDefault(),this.#h(`article-close`,null)},this.#m=e=>{e.target===this.dialog&&this.#h(`article-close`,null)}}#e;#t;createRenderRoot(){return this}willUpdate(e){e.has(`documentId`)&&(this.article=null,this.documentId&&this.#d(this.documentId)),e.has(`besideId`)&&(this.beside=null,this.besideId&&this.#f(this.besideId)),(e.has(`passageId`)||e.has(`documentId`))&&(this.#e=!0)}updated(){this.documentId&&!this.dialog.open&&this.dialog.showModal(),!this.documentId&&this.dialog.open&&this.dialog.close(),this.#t&&!this.#t.isConnected&&(this.#e=!0),this.#e&&D(this.article)&&(this.#e=!1,this.#u())}render(){let e=T[this.locale].article;return i`
      <dialog class="reader ${this.besideId?`two`:``}" aria-label=${e.label} @cancel=${this.#p} @click=${this.#m}>
        <div class="reader-bar">
          <button type="button" class="plain" @click=${()=>this.#u()} ?hidden=${!this.#c()}>${e.toPassage}</button>
          <button type="button" class="plain close" @click=${()=>this.#h(`article-close`,null)}>${e.close} <kbd>Esc</kbd></button>
        </div>
        <div class="reader-columns">
          ${this.#n(this.article,`main`)} ${this.besideId?this.#n(this.beside,`beside`):b}
        </div>
      </dialog>
    `}#n(e,t){if(!this.documentId)return b;let n=T[this.locale];if(!e)return i`<div class="column"><p class="quiet" role="status">${n.article.loading}</p></div>`;if(!D(e))return i`<div class="column">${this.#o(e)}</div>`;let r=t===`main`;return i`
      <article class="column" lang=${e.language??g(e.text)}>
        ${this.#r(e,r)} ${this.#a(e,r)}
      </article>
    `}#r(e,t){let{article:n}=T[this.locale],{sourceUnknown:r,dateUnknown:a,languages:o}=_[this.locale];return i`
      <header>
        <h2 lang=${g(e.title)}>${e.title}</h2>
        <p class="meta" lang=${this.locale}>
          ${e.language?i`<span>${o[e.language]}</span>`:b}
          <span lang=${g(e.source??r)}>${e.source??r}</span>
          ${e.published?i`<time datetime=${e.published}>${y(e.published,this.locale)}</time>`:i`<span>${a}</span>`}
          ${e.author?i`<span>${n.by} <span lang=${g(e.author)}>${e.author}</span></span>`:b}
        </p>
        <p class="reader-actions" lang=${this.locale}>
          ${ue(e.url)?i`<a href=${e.url} target="_blank" rel="noopener noreferrer">${n.original}</a>`:b}
          <button type="button" class="plain" @click=${()=>this.#h(`article-similar`,{documentId:e.id})}>${n.similar}</button>
          <button type="button" class="plain" @click=${()=>this.#h(`article-cite`,{article:e})}>${n.cite}</button>
          ${t?b:i`<button type="button" class="plain" @click=${()=>this.#h(`article-beside`,{documentId:null})}>${n.closeBeside}</button>`}
        </p>
        ${t?this.#i(e):b}
      </header>
    `}#i({counterparts:e}){let{article:t}=T[this.locale];return e.length?i`
      <div class="counterparts" lang=${this.locale}>
        <h3>${t.sameStory}</h3>
        <ul>
          ${e.map(({id:e,title:n})=>i`
              <li>
                <button type="button" class="plain title" lang=${g(n)} @click=${()=>this.#h(`article-open`,{documentId:e})}>${n}</button>
                <button type="button" class="plain" aria-pressed=${this.besideId===e} @click=${()=>this.#h(`article-beside`,{documentId:this.besideId===e?null:e})}>${t.beside}</button>
              </li>
            `)}
        </ul>
      </div>
    `:b}#a(e,t){let n=t?this.#c():this.#l(e.id)?.passage,r=this.#l(e.id,n?.id)?.passage.highlights[0],a=!0;return i`
      <div class="text">
        ${ae(e.text,n??null,r??null).map(e=>i`<p>${e.map(({text:e,role:n})=>{if(n===`text`)return e;let r=t&&a;a=!1;let o=n===`best`?i`<mark>${e}</mark>`:e;return i`<span class="passage" ?data-start=${r} tabindex=${r?-1:b}>${o}</span>`})}</p>`)}
      </div>
    `}#o({status:e,detail:t}){let{problems:n}=T[this.locale],r=e===404;return i`
      <div class="problem" role="alert">
        <p>${r?n.notFound:e===0?n.unreachable:e===503?n.busy:n.failed}</p>
        ${t?i`<p class="detail" lang="en">${t}</p>`:b}
        ${r?b:i`<button type="button" class="button" @click=${this.#s}>${n.retry}</button>`}
      </div>
    `}#s;#c(){if(!D(this.article))return;let e=this.passageId??this.#l(this.article.id)?.passage.id;return this.article.passages.find(t=>t.id===e)}#l(e,t){return this.hits.find(({document:n,passage:r})=>n.id===e&&(!t||r.id===t))}#u(){this.#t=this.querySelector(`[data-start]`),this.#t?.focus({preventScroll:!0}),this.#t?.scrollIntoView({block:`center`})}async#d(e){let t=await this.read(e).catch(le);e===this.documentId&&(this.article=t),this.#e=!0}async#f(e){let t=await this.read(e).catch(le);e===this.besideId&&(this.beside=t)}#p;#m;#h(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0}))}};h([r({attribute:!1})],E.prototype,`documentId`,void 0),h([r({attribute:!1})],E.prototype,`passageId`,void 0),h([r({attribute:!1})],E.prototype,`besideId`,void 0),h([r({attribute:!1})],E.prototype,`hits`,void 0),h([r({attribute:!1})],E.prototype,`read`,void 0),h([r()],E.prototype,`locale`,void 0),h([x()],E.prototype,`article`,void 0),h([x()],E.prototype,`beside`,void 0),h([s(`dialog`)],E.prototype,`dialog`,void 0),E=h([S(`article-dialog`)],E);function D(e){return e!==null&&!(e instanceof a)}function le(e){return e instanceof a?e:new a(0,String(e))}function ue(e){return e!==null&&/^https?:\/\//i.test(e)}var de=[`rank`,`score`,`language`,`text`,`best_sentence`,`passage_id`,`start`,`end`,`document_id`,`title`,`source`,`url`,`published`];function fe(e){return`\ufeff${[de,...e.map(({rank:e,score:t,passage:n,document:r})=>[e,t,n.language,n.text,c(n),n.id,n.start,n.end,r.id,r.title,r.source,r.url,r.published])].map(e=>`${e.map(me).join(`,`)}\r\n`).join(``)}`}function pe(e){return`${JSON.stringify(e,null,2)}\n`}function me(e){return e===null?`""`:typeof e==`number`?`"${e}"`:`"${(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(e)?`'${e}`:e).replaceAll(`"`,`""`)}"`}function he(e,t){return e.map((e,n)=>`[${n+1}] ${_e(e,t)}\n`).join(``)}function ge(e){return e.map(e=>`${ve(e)}\n`).sort(new Intl.Collator([`en`,`zh-CN`]).compare).join(``)}function _e(e,t){let{source:n,published:r}=e,i=Oe(e.title),a=Ee(e.url),o=Ce(be(e.author));if(a){let e=`${r?`(${r})`:``}[${t}]`,s=o&&o!==n?n:null;return we(o||n,`${i}[EB/OL]`,Te(s,e),a)}return we(o,`${i}[${n?`N`:`Z`}]`,Te(n,r))}function ve(e){let{source:t,published:n}=e,r=De(Oe(e.title)),i=`(${n?Se(n):`n.d.`}).`,a=xe(be(e.author)),o=a?[De(a),i,r]:[r,i],s=t&&t!==a?De(t):null;return[...o,s,Ee(e.url)].filter(Boolean).join(` `)}var ye=/^\s*(?:by\b|(?:本报|特约)?(?:记者|作者|通讯员)[:：]?)\s*/iu;function be(e){return e?e.split(/[;；、，,]|\s+(?:and|&)\s+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u).map(e=>e.replace(ye,``).trim()).filter(Boolean):[]}function xe(e){let t=e.at(-1)??``;return e.length<2?t:`${e.slice(0,-1).join(`, `)}, & ${t}`}function Se(e){let t=new Intl.DateTimeFormat(`en-US`,{month:`long`,day:`numeric`,timeZone:`UTC`});return`${e.slice(0,4)}, ${t.format(new Date(`${e}T00:00:00Z`))}`}function Ce(e){let t=g(e[0]??``)===`zh`?`等`:`et al`;return(e.length>3?[...e.slice(0,3),t]:e).join(`, `)}function we(...e){return e.filter(Boolean).map(e=>`${e}.`).join(` `)}function Te(...e){return e.filter(Boolean).join(`, `)}function Ee(e){return e&&/^https?:\/\//i.test(e.trim())?e.trim():null}function De(e){return/[.!?。！？…]$/u.test(e)?e:`${e}.`}function Oe(e){return e.replace(/\s+/gu,` `).trim()}var ke={gbt7714:{label:`GB/T 7714—2015`,file:`haihe-references-gbt7714.txt`,type:`text/plain`},apa:{label:`APA 7`,file:`haihe-references-apa.txt`,type:`text/plain`},csv:{label:`CSV`,file:`haihe-hits.csv`,type:`text/csv`},json:{label:`JSON`,file:`haihe-hits.json`,type:`application/json`}},Ae=Object.keys(ke),je=4,O=class extends e{constructor(...e){super(...e),this.read=()=>Promise.reject(Error()),this.locale=`en`,this.hits=[],this.documents=[],this.format=`gbt7714`,this.cited=null,this.lacksAuthors=!1,this.message=``,this.#a=async()=>{let{exporting:e}=T[this.locale];try{await navigator.clipboard.writeText(this.#r()),this.message=e.copied}catch{this.preview.focus(),this.preview.select(),this.message=document.execCommand(`copy`)?e.copied:e.copyFailed}},this.#o=()=>{let{file:e,type:t}=ke[this.format],n=URL.createObjectURL(new Blob([this.#r()],{type:`${t};charset=utf-8`}));Object.assign(document.createElement(`a`),{href:n,download:e}).click(),setTimeout(()=>URL.revokeObjectURL(n))},this.#s=e=>{e.target===this.dialog&&this.dialog.close()}}createRenderRoot(){return this}open(e,t,n){this.hits=e,this.documents=[...new Map(t.map(e=>[e.id,e])).values()],this.cited=null,this.message=``,n&&(this.format=n),this.#i(),this.dialog.showModal(),this.updateComplete.then(()=>this.dialog.querySelector(`:checked`)?.focus())}willUpdate(e){e.has(`format`)&&(this.message=``)}render(){let{exporting:e}=T[this.locale],t=this.hits.length?Ae:Ae.filter(k);return i`
      <dialog class="export" aria-labelledby="export-title" @click=${this.#s}>
        <header>
          <h2 id="export-title">${e.title(this.hits.length||this.documents.length)}</h2>
          <button type="button" class="plain" @click=${()=>this.dialog.close()}>${e.close} <kbd>Esc</kbd></button>
        </header>
        <fieldset class="segments">
          <legend class="unseen">${e.format}</legend>
          ${t.map(e=>i`
              <label>
                <input type="radio" name="format" value=${e} .checked=${e===this.format} @change=${()=>this.#e(e)} />
                <span>${ke[e].label}</span>
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
    `}#e(e){this.format=e}#t(){return!k(this.format)||this.cited!==null}#n(){let{exporting:e}=T[this.locale];return k(this.format)?this.cited?this.lacksAuthors?e.authorsFailed:``:e.authors:``}#r(){if(this.format===`csv`)return fe(this.hits);if(this.format===`json`)return pe(this.hits);let e=this.cited??[];return this.format===`apa`?ge(e):he(e,Me())}async#i(){let{documents:e}=this,t=e.map(e=>({...e,author:null})),n=0,r=0;await Promise.all(Array.from({length:je},async()=>{for(let i=r++;i<e.length;i=r++){let r=await this.read(e[i]?.id??``).catch(()=>null);r?t[i]=r:n++}})),e===this.documents&&(this.cited=t,this.lacksAuthors=n>0)}#a;#o;#s};h([r({attribute:!1})],O.prototype,`read`,void 0),h([r()],O.prototype,`locale`,void 0),h([x()],O.prototype,`hits`,void 0),h([x()],O.prototype,`documents`,void 0),h([x()],O.prototype,`format`,void 0),h([x()],O.prototype,`cited`,void 0),h([x()],O.prototype,`lacksAuthors`,void 0),h([x()],O.prototype,`message`,void 0),h([s(`dialog`)],O.prototype,`dialog`,void 0),h([s(`textarea`)],O.prototype,`preview`,void 0),O=h([S(`export-dialog`)],O);function k(e){return e===`gbt7714`||e===`apa`}function Me(){let e=new Date;return new Date(e.getTime()-e.getTimezoneOffset()*6e4).toISOString().slice(0,10)}var Ne=1e3,A={query:``,language:null,sources:[],from:null,to:null,sort:`relevance`,groupBy:`document`,count:20,unlikely:!1,like:null,likeDocument:null,document:null,passage:null,beside:null,locale:null};function Pe(e){let t=new URLSearchParams(e),n=e=>t.get(e)?.trim()||null;return{query:n(`q`)??``,language:v(n(`in`)),sources:[...new Set(t.getAll(`source`).filter(Boolean))],from:Ie(n(`from`)),to:Ie(n(`to`)),sort:n(`sort`)===`published`?`published`:`relevance`,groupBy:n(`group`)===`passage`?`passage`:`document`,count:Le(n(`n`)),unlikely:n(`unlikely`)===`1`,like:n(`like`),likeDocument:n(`of`),document:n(`doc`),passage:n(`at`),beside:n(`beside`),locale:v(n(`ui`))}}function j(e){let t=new URLSearchParams,n=(e,n,r=!1)=>{n&&!r&&t.append(e,n)};n(`q`,e.query),n(`in`,e.language);for(let t of e.sources)n(`source`,t);n(`from`,e.from),n(`to`,e.to),n(`sort`,e.sort,e.sort===A.sort),n(`group`,e.groupBy,e.groupBy===A.groupBy),n(`n`,String(e.count),e.count===20),n(`unlikely`,e.unlikely?`1`:null),n(`like`,e.like),n(`of`,e.likeDocument),n(`doc`,e.document),n(`at`,e.passage),n(`beside`,e.beside),n(`ui`,e.locale);let r=t.toString();return r?`?${r}`:``}var M=[`language`,`source`,`month`];function N(e,t){return t===`language`?e.language!==null:t===`source`?e.sources.length>0:e.from!==null||e.to!==null}function P(e,t){let n=t?[t]:M;return{...e,...n.includes(`language`)&&{language:null},...n.includes(`source`)&&{sources:[]},...n.includes(`month`)&&{from:null,to:null},...F}}var F={count:20,unlikely:!1};function I(e,t,n){return{query:e.query,k:n,offset:t,group_by:e.groupBy,sort:e.sort,...e.language&&{languages:[e.language]},...e.sources.length&&{sources:e.sources},...e.from&&{published_from:e.from},...e.to&&{published_to:e.to}}}function L(e,t){return Fe(e)===Fe(t)}function Fe(e){let{like:t}=e;return JSON.stringify(t?[t]:[I(e,0,1)])}function Ie(e){let t=new Date(`${e}T00:00:00Z`);return!Number.isNaN(t.getTime())&&t.toISOString().startsWith(`${e}T`)?e:null}function Le(e){let t=Number(e);return Number.isInteger(t)&&t>0?Math.min(t,Ne):20}var Re=8;function ze(e){return i`${He(e)} ${Ge(e)} ${We(e)}`}function Be({state:e,locale:t,texts:r,go:a}){let o=M.filter(t=>N(e,t));if(!o.length||e.like)return b;let s={language:e.language?_[t].languages[e.language]:``,source:e.sources.join(t===`zh`?`、`:`, `),month:`${e.from?y(e.from,t):`…`} – ${e.to?y(e.to,t):`…`}`};return i`
    <ul class="chips">
      ${o.map(t=>i`
          <li>
            <button type="button" class="chip" aria-label=${r.removeFilter(s[t])} @click=${()=>a(P(e,t))}>
              <span>${s[t]}</span><svg viewBox="0 0 10 10" aria-hidden="true">${n`<path d="M2 2l6 6M8 2l-6 6"></path>`}</svg>
            </button>
          </li>
        `)}
      ${o.length>1?i`<li><button type="button" class="plain" @click=${()=>a(P(e))}>${r.clearFilters}</button></li>`:b}
    </ul>
  `}function Ve({state:e}){return M.filter(t=>N(e,t)).length}function He({state:e,results:t,locale:r,texts:a,go:o}){let s=p.map(e=>({language:e,count:qe(t.facets.language,e)})),c=s.reduce((e,{count:t})=>e+t,0),l=Ke(s.map(({count:e})=>e)),d=t=>o({language:e.language===t?null:t,...F});return i`
    <section class="filter" aria-labelledby="filter-language">
      <h2 id="filter-language">${a.language}</h2>
      ${Ue(s,c,e.language,d)}
      <ul class="languages">
        ${s.map(({language:t,count:a},o)=>i`
            <li>
              <button type="button" class="choice" data-language=${t} aria-pressed=${e.language===t} @click=${()=>d(t)}>
                <svg class="key ${t}" viewBox="0 0 10 10" aria-hidden="true">${n`<rect width="10" height="10"></rect>`}</svg>
                <span class="name">${_[r].languages[t]}</span>
                <span class="count">${u(a,r)}${c?i` <span class="share">${te((l[o]??0)/100,r)}</span>`:b}</span>
              </button>
            </li>
          `)}
      </ul>
    </section>
  `}function Ue(e,t,r,a){let o=0,s=e.map(({language:e,count:n})=>{let r=t?100*n/t:0,i={language:e,x:o,width:r};return o+=r,i});return i`
    <svg class="shares" aria-hidden="true">
      ${n`<rect class="track" width="100%" height="100%"></rect>`}
      ${s.map(({language:e,x:t,width:i})=>n`
          <rect
            class="${e} ${r&&r!==e?`off`:``}"
            x="${t}%" width="${i}%" height="100%"
            @click=${()=>a(e)}
          ></rect>
        `)}
    </svg>
  `}function We({state:e,results:t,locale:n,texts:r,go:a,showsAllSources:o,toggleSources:s}){let c=t.facets.source,l=c.filter(e=>e.value!==null),d=e.sources.filter(e=>!l.some(({value:t})=>R(t,e))),f=[...d.map(e=>({value:e,count:0})),...l],p=o?f:f.slice(0,Math.max(Re,d.length)),m=c.find(({value:e})=>e===null)?.count??0,ee=t=>a({sources:Je(e.sources,t),...F});return i`
    <section class="filter" aria-labelledby="filter-source">
      <h2 id="filter-source">${r.source}</h2>
      <ul class="sources">
        ${p.map(({value:t,count:r})=>i`
            <li>
              <label>
                <input type="checkbox" name="source" .value=${t} .checked=${e.sources.some(e=>R(e,t))} @change=${()=>ee(t)} />
                <span class="name" lang=${g(t)}>${t}</span>
                <span class="count">${u(r,n)}</span>
              </label>
            </li>
          `)}
        ${m?i`<li class="unknown"><span class="name">${r.sourceUnknown}</span><span class="count">${u(m,n)}</span></li>`:b}
      </ul>
      ${f.length>Re?i`<button type="button" class="plain" aria-expanded=${o} @click=${s}>${o?r.fewerSources:r.moreSources(f.length-p.length)}</button>`:b}
    </section>
  `}function Ge({state:e,texts:t,go:n}){let r=t=>r=>{let i=r.target.value||null,a={from:e.from,to:e.to,[t]:i};n({...a.from&&a.to&&a.from>a.to?{from:a.to,to:a.from}:a,...F})};return i`
    <section class="filter" aria-labelledby="filter-date">
      <h2 id="filter-date">${t.date}</h2>
      <div class="dates">
        <label><span>${t.from}</span><input type="date" name="from" .value=${e.from??``} @change=${r(`from`)} /></label>
        <label><span>${t.to}</span><input type="date" name="to" .value=${e.to??``} @change=${r(`to`)} /></label>
      </div>
    </section>
  `}function Ke(e){let t=e.reduce((e,t)=>e+t,0),n=0;return e.map(e=>{let r=Math.round(100*(n+e)/(t||1))-Math.round(100*n/(t||1));return n+=e,r})}function qe(e,t){return e.find(e=>e.value===t)?.count??0}function R(e,t){return e.toLowerCase()===t.toLowerCase()}function Je(e,t){let n=e.filter(e=>!R(e,t));return n.length<e.length?n:[...e,t]}var Ye=new Set([`dense`,`sentences`,`tokens`,`second`]),Xe={deviations:7,nats:14},Ze={deviations:[1,2.5,4],nats:[1,4,8]},z=100,Qe=6;function $e(e){return Object.entries(e.signals).filter(e=>e[1]!==null&&e[1]!==0).map(([e,t])=>({name:e,unit:Ye.has(e)?`deviations`:`nats`,value:e===`missing`?-t:t})).sort((e,t)=>B(t)-B(e))}function et({unit:e,value:t},n){if(t<0)return n.against;let r=Ze[e].filter(e=>t>=e).length;return n.strengths[r+1]??``}function B({unit:e,value:t}){return Math.max(-1,Math.min(1,t/Xe[e]))}var V=class extends e{constructor(...e){super(...e),this.explanation=null,this.score=0,this.locale=`en`}static{this.styles=t`
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
  `}render(){if(!this.explanation)return b;let e=_[this.locale],t=$e(this.explanation);return i`
      <p>${this.#e(t)}</p>
      <table>
        <tbody>${t.map(e=>this.#t(e))}</tbody>
      </table>
      ${this.#n(this.explanation.matched)}
      <p class="note">${e.explanation.note}</p>
    `}#e(e){let t=_[this.locale],n=e.filter(e=>e.value>0).slice(0,2).map(e=>t.explanation.signals[e.name]??e.name),r=this.locale===`zh`?`。`:`. `;return t.likelihood(this.score)+r+(n.length?t.explanation.foremost(n):``)}#t(e){let t=_[this.locale].explanation,n=e.unit===`deviations`?`σ`:`nat`;return i`
      <tr>
        <th scope="row">${t.signals[e.name]??e.name}</th>
        <td class="bar">${tt(B(e))}</td>
        <td>${et(e,t)}</td>
        <td>${e.value>0?`+`:`−`}${Math.abs(e.value).toFixed(1)} ${n}</td>
      </tr>
    `}#n(e){let t=_[this.locale].explanation,n=e.filter(e=>e.weight>0);if(!n.length)return b;let r=this.locale===`zh`?`：`:`: `;return i`
      <div class="note">
        ${t.matched}${r}
        <ul>${n.map(e=>i`
            <li>
              <span class="term" lang=${g(e.text)}>${e.text}</span>
              <span class="kind">(${t.kinds[e.kind]??e.kind})</span>
            </li>
          `)}</ul>
      </div>
    `}};h([r({attribute:!1})],V.prototype,`explanation`,void 0),h([r({type:Number})],V.prototype,`score`,void 0),h([r()],V.prototype,`locale`,void 0),V=h([S(`score-explanation`)],V);function tt(e){let t=Math.abs(e)*z;return i`
    <svg viewBox="0 0 ${z} ${Qe}" preserveAspectRatio="none" aria-hidden="true">
      ${n`<rect class="track" y="2.5" width=${z} height="1"></rect>`}
      ${n`<rect class=${e<0?`against`:`for`} width=${t} height=${Qe}></rect>`}
    </svg>
  `}var H=class extends e{constructor(...e){super(...e),this.hit=null,this.locale=`en`,this.actions=[],this.hrefOf=()=>`#`,this.others=new Map,this.explained=!1,this.explanationFailed=!1}static{this.shadowRootOptions={...e.shadowRootOptions,delegatesFocus:!0}}static{this.styles=t`
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
  `}shouldUpdate(){return this.hit!==null}render(){let e=this.hit;if(!e)return b;let t=e.document.counterparts.length>0;return i`
      <article class=${t?`beside`:``} aria-labelledby="title">
        <span class="rank" aria-hidden="true">${e.rank}</span>
        <div>
          ${this.#t(e)} ${this.#n(e)} ${this.#r(e)} ${this.#i(e)} ${this.#s(e)}
        </div>
        ${t?this.#c(e.document.counterparts):b}
      </article>
    `}get#e(){return _[this.locale]}#t({document:e,passage:t}){return i`
      <h3 id="title" lang=${g(e.title)}>
        <a href=${this.hrefOf(e.id,t.id)} @click=${this.#u(e.id,t.id)}
          >${e.title}</a
        >
      </h3>
    `}#n({document:e,passage:t,also_in:n,also_in_count:r}){let{badge:a,languages:o,alsoIn:s}=this.#e,c=n.map(e=>e.source??e.title).join(`; `);return i`
      <p class="meta">
        <span class="badge" title=${o[t.language]}>${a[t.language]}</span
        >${nt(e,this.#e)}${rt(e,this.#e,this.locale)}${n.length?i`<span title=${c}>${s(r)}</span>`:b}
      </p>
    `}#r({passage:e}){let t=ee(e.text,e.start,e.highlights);return i`<p class="passage" lang=${e.language}>${t.map(e=>e.marked?i`<mark>${e.text}</mark>`:e.text)}</p>`}#i(e){if(!this.actions.length)return b;let{moreLikeThis:t,cite:n}=this.#e;return i`
      <div class="actions">
        ${this.actions.includes(`explain`)?this.#o(e):b}
        ${this.actions.includes(`similar`)?this.#a(`hit-similar`,e,t):b}
        ${this.actions.includes(`cite`)?this.#a(`hit-cite`,e,n):b}
      </div>
    `}#a(e,t,n){return i`<button type="button" class=${e} aria-describedby="title" @click=${()=>this.#d(e,{hit:t})}>${n}</button>`}#o(e){let{relevance:t,why:n}=this.#e;return i`
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
    `}#s(e){if(!this.explained)return b;let{loading:t,failed:n}=this.#e.explanation,r=e.explanation?i`<score-explanation .explanation=${e.explanation} .score=${e.score} .locale=${this.locale}></score-explanation>`:this.explanationFailed?n:t;return i`<div class="explanation" role="status">${r}</div>`}#c(e){let t=p.map(t=>({language:t,found:e.filter(e=>e.language===t)})).filter(({found:e})=>e.length);return i`
      <aside>
        ${t.map(({language:e,found:t})=>i`
            <h4>${this.#e.sameStory[e]}</h4>
            <ul>${t.map(e=>this.#l(e))}</ul>
          `)}
      </aside>
    `}#l({id:e,title:t}){let n=this.others.get(e),r=n?.passage.id??null,a=n?c(n.passage):``;return i`
      <li>
        <a lang=${g(t)} href=${this.hrefOf(e,r)} @click=${this.#u(e,r)}>${t}</a>
        ${a&&n?i`<p lang=${n.passage.language}>${a}</p>`:b}
      </li>
    `}#u(e,t){return n=>{n.ctrlKey||n.metaKey||n.shiftKey||n.altKey||n.button!==0||this.#d(`hit-open`,{documentId:e,passageId:t})||n.preventDefault()}}#d(e,t){return this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0,cancelable:!0}))}};h([r({attribute:!1})],H.prototype,`hit`,void 0),h([r()],H.prototype,`locale`,void 0),h([r({attribute:!1})],H.prototype,`actions`,void 0),h([r({attribute:!1})],H.prototype,`hrefOf`,void 0),h([r({attribute:!1})],H.prototype,`others`,void 0),h([r({type:Boolean})],H.prototype,`explained`,void 0),h([r({type:Boolean})],H.prototype,`explanationFailed`,void 0),H=h([S(`hit-card`)],H);function nt(e,t){return e.source?i`<span lang=${g(e.source)}>${e.source}</span>`:i`<span class="unknown">${t.sourceUnknown}</span>`}function rt(e,t,n){return e.published?i`<time datetime=${e.published}>${y(e.published,n)}</time>`:i`<span class="unknown">${t.dateUnknown}</span>`}var it=[`explain`,`similar`,`cite`],at=[`similar`,`cite`];function U({state:e,results:t}){let{answer:n}=t;return n?n.hits.slice(0,Math.min(e.count,e.unlikely?e.count:vt(n)||e.count)):[]}function ot(e){let{state:t,texts:n,go:r}=e;return i`
    <div class="results-bar">
      <p class="total">${_t(e)}</p>
      ${t.like?b:i`
            <label class="select"><span class="unseen">${n.sort}</span>
              <select name="sort" .value=${t.sort} @change=${e=>r({sort:yt(e)===`published`?`published`:`relevance`,...F})}>
                <option value="relevance" ?selected=${t.sort===`relevance`}>${n.sorts.relevance}</option>
                <option value="published" ?selected=${t.sort===`published`}>${n.sorts.published}</option>
              </select>
            </label>
            <label class="select"><span class="label">${n.group}</span>
              <select name="group" .value=${t.groupBy} @change=${e=>r({groupBy:yt(e)===`passage`?`passage`:`document`,...F})}>
                <option value="document" ?selected=${t.groupBy===`document`}>${n.groups.document}</option>
                <option value="passage" ?selected=${t.groupBy===`passage`}>${n.groups.passage}</option>
              </select>
            </label>
          `}
      <button type="button" class="plain" ?disabled=${!U(e).length} @click=${e.exportHits}>${n.exportHits}</button>
    </div>
  `}function st({state:e,texts:t,likeTitle:n,go:r}){return e.like?i`
    <p class="like">
      <span>${t.similarTo} <b lang=${g(n??``)}>${n??`…`}</b></span>
      <button type="button" class="plain" @click=${()=>r({like:null,likeDocument:null,...F})}>${t.backToSearch}</button>
    </p>
  `:b}function ct(e){let{results:t,texts:n}=e;if(t.problem)return gt(e);if(!t.answer)return t.isBusy?i`<p class="quiet waiting">${n.searching}</p>`:b;let r=pt(e,t.answer);return t.answer.hits.length?i`${r??b} ${t.answer.total===0?mt(e):b} ${lt(e,t.answer)} ${ft(e,t.answer)}`:r??ht(e,t.answer)}function lt(e,t){let n=U(e),r=vt(t)||n.length,a=n.slice(r);return i`
    ${ut(e,t,n.slice(0,r))}
    ${a.length?i`<h3 class="divider">${e.texts.unlikely}</h3>
            ${ut(e,t,a)}`:b}
  `}function ut(e,t,n){let r=new Map(t.hits.toReversed().map(e=>[e.document.id,e]));return i`
    <ol class="hits" start=${n[0]?.rank??1} aria-busy=${e.results.isBusy}>
      ${ne(n,({passage:e})=>e.id,t=>i`<li>${dt(e,t,r)}</li>`)}
    </ol>
  `}function dt({state:e,results:t,locale:n},r,a){let o=t.explained.get(r.passage.id),s=typeof o==`object`?o:r.explanation,c=(t,n)=>`/${j({...e,document:t,passage:n,beside:null})}`;return i`
    <hit-card
      .hit=${s===r.explanation?r:{...r,explanation:s}}
      .locale=${n}
      .actions=${e.like?at:it}
      .hrefOf=${c}
      .others=${a}
      .explained=${o!==void 0}
      .explanationFailed=${o===`failed`}
    ></hit-card>
  `}function ft(e,t){let{state:n,texts:r,go:a}=e,{total:o,isAtLeast:s}=t,c=t.hasMore&&n.count<1e3,l=U(e).length,u={count:Math.min(Math.max(n.count,l)+20,Ne)},d=(e,t)=>i`<p class="more"><button type="button" class="button" @click=${()=>a(t)}>${e}</button></p>`;return o===null||n.unlikely||o===0?c||t.hits.length>l?d(r.moreUnlikely,u):b:l<o||s&&c?d(r.more(l,o,s),u):n.sort===`relevance`&&(c||t.hits.length>l)?d(r.showUnlikely,{unlikely:!0,count:l+20}):i`<p class="quiet">${r.allShown}</p>`}function pt({locale:e},{query:t}){let n=t&&ie(t,e);return n?i`<div class="notice note"><p role="status">${n}</p></div>`:null}function mt({texts:e}){return i`<div class="notice"><p>${e.nothingRelevant}</p><p class="quiet">${e.nothingRelevantHint}</p></div>`}function ht(e,{index:t}){let{state:n,texts:r,go:a}=e,o=Ve(e)>0;return i`
    <div class="notice">
      <p>${t.documents?o?r.nothingPasses:r.nothingFound:r.emptyIndex}</p>
      ${o?i`<p><button type="button" class="button" @click=${()=>a(P(n))}>${r.clearFilters}</button></p>`:t.documents?i`<p class="quiet">${r.nothingRelevantHint}</p>`:b}
    </div>
  `}function gt({results:e,texts:t,retry:n}){let{status:r,detail:a}=e.problem??{status:0,detail:``},{problems:o}=t,s=r===0?o.unreachable:r===503||r===429?o.busy:r===413?o.tooLarge:r===404?o.notFound:r===422?o.invalid:o.failed;return i`
    <div class="problem">
      <div role="alert">
        <h3>${o.title}</h3>
        <p>${s}</p>
        ${a?i`<p class="detail" lang="en">${a}</p>`:b}
      </div>
      <p>
        ${r===422||r===413?b:i`<button type="button" class="button" @click=${n}>${o.retry}</button>`}
        ${e.retryIn===null?b:i`<span class="quiet">${o.retryIn(e.retryIn)}</span>`}
      </p>
    </div>
  `}function _t({state:e,results:t,texts:n}){let{answer:r}=t;return!r||t.problem?t.isBusy?n.searching:``:r.total===null?n.similarFound(r.hits.length):n.relevant(r.total,r.isAtLeast,e.groupBy)}function vt({total:e,isAtLeast:t,hits:n}){return e===null||t?n.length:e}function yt(e){return e.target.value}var bt=48;function xt(e){let t=e.filter(e=>e.value!==null),n=t.map(({value:e})=>e).sort(),[r,i]=[n[0],n.at(-1)];if(!r||!i)return[];let a=St(r,i),o=new Map;for(let{value:e,count:n}of t){let t=Ct(e,a);o.set(t,(o.get(t)??0)+n)}return wt(r,i,a).map(e=>({key:e,count:o.get(e)??0,...Tt(e)}))}function W(e,t){return e.length===7?l(e,t):e.length===4?t===`zh`?`${e}年`:e:t===`zh`?`${e}0年代`:`${e}0s`}function St(e,t){let n=G(t)-G(e)+1;return n<=bt?`month`:n<=576?`year`:`decade`}function Ct(e,t){return e.slice(0,{month:7,year:4,decade:3}[t])}function wt(e,t,n){let r={month:1,year:12,decade:120}[n],i=Math.floor(G(e)/r)*r,a=[];for(let e=i;e<=G(t);e+=r)a.push(Ct(Et(e),n));return a}function Tt(e){let t=e.length===7?e:`${e.padEnd(4,`0`)}-01`,n=e.length===7?e:`${e.padEnd(4,`9`)}-12`,r=new Date(Date.UTC(Number(n.slice(0,4)),Number(n.slice(5)),0)).getUTCDate();return{from:`${t}-01`,to:`${n}-${String(r).padStart(2,`0`)}`}}function G(e){return Number(e.slice(0,4))*12+Number(e.slice(5,7))-1}function Et(e){return`${String(Math.floor(e/12)).padStart(4,`0`)}-${String(e%12+1).padStart(2,`0`)}`}var Dt=4,K=class extends e{constructor(...e){super(...e),this.facet=[],this.period={from:null,to:null},this.locale=`en`,this.pointed=null,this.focused=0,this.#e=[],this.#u=async e=>{let t=this.#e.length-1,n={ArrowLeft:this.focused-1,ArrowRight:this.focused+1,Home:0,End:t}[e.key];n!==void 0&&(e.preventDefault(),this.focused=Math.max(0,Math.min(t,n)),await this.updateComplete,this.current?.focus())}}static{this.styles=t`
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
  `}#e;willUpdate(e){e.has(`facet`)&&(this.#e=xt(this.facet)),this.focused=Math.min(this.focused,Math.max(0,this.#e.length-1))}render(){let e=T[this.locale];return i`
      <div class="head"><span class="title" id="title">${e.timeline}</span><span class="now">${this.#r()}</span></div>
      ${this.#e.length?this.#t():i`<div class="none">${this.facet.length?e.noDates:b}</div>`}
      <div class="ends">${this.#i()}</div>
    `}#t(){let e=Math.max(...this.#e.map(({count:e})=>e),Dt);return i`
      <svg role="group" aria-labelledby="title" @keydown=${this.#u} @pointerleave=${()=>this.#l(null)}>
        ${this.#e.map((t,n)=>this.#n(t,n,e))}
      </svg>
    `}#n(e,t,r){let i=100/this.#e.length,a=Math.min(i*.85,6),o=e.count?Math.max(4,100*e.count/r):0,s=T[this.locale].bar(W(e.key,this.locale),e.count),c=()=>this.#s(e,t);return n`
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
    `}#r(){let e=T[this.locale],t=this.#e.find(({key:e})=>e===this.pointed);if(t)return e.bar(W(t.key,this.locale),t.count);let n=this.facet.find(({value:e})=>e===null)?.count??0;return n&&this.#e.length?e.undated(n):``}#i(){let[e,t]=[this.#e[0],this.#e.at(-1)];return!e||!t?b:i`
      <span>${W(e.key,this.locale)}</span>
      ${e===t?b:i`<span>${W(t.key,this.locale)}</span>`}
    `}#a({from:e,to:t}){return this.period.from===e&&this.period.to===t}#o({from:e,to:t}){return(!this.period.from||t>=this.period.from)&&(!this.period.to||e<=this.period.to)}#s(e,t){this.focused=t;let n=this.#a(e)?{from:null,to:null}:{from:e.from,to:e.to};this.dispatchEvent(new CustomEvent(`period`,{detail:n}))}#c(e){this.focused=e,this.pointed=this.#e[e]?.key??null}#l(e){this.pointed=e}#u};h([r({attribute:!1})],K.prototype,`facet`,void 0),h([r({attribute:!1})],K.prototype,`period`,void 0),h([r()],K.prototype,`locale`,void 0),h([x()],K.prototype,`pointed`,void 0),h([x()],K.prototype,`focused`,void 0),h([s(`g[tabindex='0']`)],K.prototype,`current`,void 0),K=h([S(`month-chart`)],K);var q={locale:`haihe.locale`,theme:`haihe.theme`,shortcuts:`haihe.shortcuts`},J={get locale(){return v(Y(q.locale))},set locale(e){X(q.locale,e)},get theme(){let e=Y(q.theme);return e===`light`||e===`dark`?e:null},set theme(e){X(q.theme,e)},get shortcuts(){return Y(q.shortcuts)!==`off`},set shortcuts(e){X(q.shortcuts,e?null:`off`)}};function Y(e){try{return localStorage.getItem(e)}catch{return null}}function X(e,t){try{t===null?localStorage.removeItem(e):localStorage.setItem(e,t)}catch{return}}var Z=100,Ot=2,kt=new Set([429,503]),At={language:[],source:[],month:[]},jt=class{#e;#t;#n;#r;#i;#a;constructor(e,t){this.answer=null,this.facets=At,this.isBusy=!1,this.problem=null,this.retryIn=null,this.explained=new Map,this.#n=new d,this.#r=new Map,this.#i=null,this.#a=0,this.#e=e,this.#t=t,e.addController(this)}hostDisconnected(){this.#n.abort(),window.clearTimeout(this.#a)}async load(e){!e.query&&!e.like?this.#o():this.#i&&L(e,this.#i)&&e.count<=this.#i.count&&!this.problem||(this.#i=e,await this.#s(e))}async retry(){this.#i&&await this.#s(this.#i)}async explain(e){let t=e.passage.id;if(this.explained.delete(t)){this.#e.requestUpdate();return}this.#g(t,e.explanation??`loading`);let{answer:n}=this;if(e.explanation||!n)return;let r=await this.#h(e,n.state).catch(()=>null);this.explained.has(t)&&this.#g(t,r??`failed`)}article(e){let t=this.#r.get(e);if(t)return t;let n=this.#t.document(e);return this.#r.set(e,n),n.catch(()=>this.#r.delete(e)),n}#o(){this.#n.abort(),window.clearTimeout(this.#a),this.#i=null,this.answer=null,this.facets=At,this.problem=null,this.retryIn=null,this.isBusy=!1,this.#e.requestUpdate()}async#s(e){let t=this.#n.next();window.clearTimeout(this.#a),this.retryIn=null,this.isBusy=!0,this.#e.requestUpdate();try{await(e.like?this.#c(e,e.like,t):this.#l(e,t)),this.problem=null}catch(e){if(re(e))return;this.#p(e)}this.isBusy=!1,this.#e.requestUpdate()}async#c(e,t,n){let r=Math.min(e.count,Z),{hits:i,index:a}=await this.#t.similar(t,r,n),o=i.length===r&&r<Z;this.#u({state:e,hits:i,total:null,isAtLeast:!1,index:a,query:null,hasMore:o}),this.facets=At}async#l(e,t){let n=[...this.answer&&L(this.answer.state,e)?this.answer.hits:[]];if(n.length>=e.count)this.#f(e,t);else for(;;){let r=Math.min(e.count-n.length,Z),i=await this.#t.search(I(e,n.length,r),t);n=[...n,...i.hits];let a=i.hits.length===r;if(a&&n.length<e.count)continue;let{total:o,index:s,query:c}=i;this.#u({state:e,hits:n,total:o,isAtLeast:i.total_relation===`gte`,index:s,query:c,hasMore:a}),this.#d(e,i.facets),this.#f(e,t);return}}#u(e){this.answer&&!L(this.answer.state,e.state)&&this.explained.clear(),this.answer=e}#d(e,t){let n=M.map(n=>[n,N(e,n)&&this.facets[n].length?this.facets[n]:t[n]]);this.facets=Object.fromEntries(n)}async#f(e,t){let n=M.filter(t=>N(e,t));try{for(let r of n){let n=await this.#t.search(I(P(e,r),0,1),t);this.facets={...this.facets,[r]:n.facets[r]},this.#e.requestUpdate()}}catch{}}#p(e){this.problem=e instanceof a?e:new a(0,String(e)),this.answer=null,kt.has(this.problem.status)&&this.#m(Math.ceil(this.problem.retryAfterSeconds??Ot))}#m(e){this.retryIn=e,this.#e.requestUpdate(),this.#a=window.setTimeout(()=>e>1?this.#m(e-1):void this.retry(),e>0?1e3:0)}async#h(e,t){let n={...I(t,e.rank-1,1),explain:!0},{hits:r}=await this.#t.search(n),i=r[0];return i?.passage.id===e.passage.id?i.explanation:null}#g(e,t){this.explained.set(e,t),this.#e.requestUpdate()}},Mt=60,Q=class extends e{constructor(...e){super(...e),this.value=``,this.locale=`en`,this.#e=0,this.#t=e=>{window.clearTimeout(this.#e),e instanceof InputEvent&&e.isComposing||this.#n()},this.#n=()=>{window.clearTimeout(this.#e),this.#e=window.setTimeout(()=>this.#i(!1),Mt)},this.#r=e=>{e.preventDefault(),this.#i(!0)}}#e;createRenderRoot(){return this}updated(e){e.has(`value`)&&this.show(this.value)}show(e){this.input.value.trim()!==e&&(window.clearTimeout(this.#e),this.input.value=e)}focus(){this.input.focus(),this.input.select()}render(){let e=T[this.locale];return i`
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
          <dl>${e.syntax.list.map(([e,t])=>i`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
        </details>
      </form>
    `}#t;#n;#r;#i(e){window.clearTimeout(this.#e);let t={query:this.input.value.trim(),isDone:e};this.dispatchEvent(new CustomEvent(`query`,{detail:t}))}};h([r()],Q.prototype,`value`,void 0),h([r()],Q.prototype,`locale`,void 0),h([s(`input`)],Q.prototype,`input`,void 0),Q=h([S(`search-box`)],Q);var Nt=new Set([`/`,`j`,`k`]),Pt=`input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]`;function Ft(e,t){if(e.defaultPrevented||e.isComposing||e.ctrlKey||e.metaKey||e.altKey||document.querySelector(`dialog[open]`))return!1;let n=e.composedPath()[0];return n instanceof Element&&n.matches(Pt)?e.key===`ArrowDown`&&n.id===`query`:!Nt.has(e.key)||t}function It(e,t){let n=[...e.querySelectorAll(`hit-card`)],r=n.indexOf(document.activeElement);if(t.key.startsWith(`Arrow`)&&r<0&&document.activeElement?.id!==`query`)return!1;let i={j:1,ArrowDown:1,k:-1,ArrowUp:-1}[t.key];return!i||!n.length?!1:(r+i<0?e.querySelector(`#query`)?.focus():Lt(n[Math.min(r+i,n.length-1)]),!0)}function Lt(e){e?.focus({preventScroll:!0}),e?.scrollIntoView({block:`nearest`})}var Rt=window.matchMedia(`(prefers-color-scheme: dark)`);function zt(){return J.theme??(Rt.matches?`dark`:`light`)}function Bt(){let e=zt()===`dark`?`light`:`dark`;J.theme=e===(Rt.matches?`dark`:`light`)?null:e,Vt()}function Vt(){let{theme:e}=J;e?document.documentElement.dataset.theme=e:delete document.documentElement.dataset.theme}function Ht(e){Rt.addEventListener(`change`,e)}var Ut=window.matchMedia(`(min-width: 64rem)`),$=class extends e{constructor(...e){super(...e),this.#e=new jt(this,new f),this.now=Pe(location.search),this.showsAllSources=!1,this.showsFilters=!1,this.likeTitle=null,this.hasShortcuts=J.shortcuts,this.#p=({detail:e})=>{let{query:t,isDone:n}=e,r=t!==this.now.query||this.now.like!==null;(r||n)&&(r?this.#d({query:t,like:null,likeDocument:null,...F},{isDraft:!n}):history.replaceState({},``))},this.#m=Wt(()=>{this.#d({...A,locale:this.now.locale}),this.box.show(``),this.box.focus()}),this.#h=e=>{e.preventDefault(),this.querySelector(`#results`)?.focus()},this.#_=()=>{Bt(),this.requestUpdate()},this.#v=e=>{this.hasShortcuts=e.target.checked,J.shortcuts=this.hasShortcuts},this.#y=e=>{e.preventDefault(),this.#b(e.detail.documentId,e.detail.passageId)},this.#x=()=>{let e=this.#u;e>0?history.go(-e):this.#d({document:null,passage:null,beside:null})},this.#C=({detail:e})=>{let{passage:t,document:n}=e.hit;this.#w(this.now.groupBy===`document`?n.id:t.id,n.id)},this.#E=({detail:e})=>{this.#e.explain(e.hit)},this.#D=({detail:e})=>{this.exports.open([],[e.hit.document],`gbt7714`)},this.#O=e=>{if(Ft(e,this.hasShortcuts)){if(e.key===`/`)this.box.focus();else if(e.key===`Escape`&&this.now.like)this.#d({like:null,likeDocument:null,...F});else if(!It(this,e))return;e.preventDefault()}}}#e;createRenderRoot(){return this}connectedCallback(){super.connectedCallback();let e=()=>this.requestUpdate();window.addEventListener(`popstate`,()=>this.#f(Pe(location.search))),document.addEventListener(`keydown`,this.#O),Ut.addEventListener(`change`,e),Ht(e),this.#f(this.now)}firstUpdated(){!this.#n&&!this.now.document&&this.box.updateComplete.then(()=>this.box.focus())}get#t(){return this.now.locale??J.locale??o(...navigator.languages)}get#n(){return this.now.query!==``||this.now.like!==null}get#r(){return{state:this.now,results:this.#e,locale:this.#t,texts:T[this.#t],likeTitle:this.likeTitle,go:e=>this.#d(e),exportHits:()=>{let e=U(this.#r);this.exports.open(e,e.map(e=>e.document))},retry:()=>void this.#e.retry()}}render(){let e=T[this.#t];return i`
      <a class="skip" href="#results" @click=${this.#h}>${e.skip}</a>
      ${this.#i()}
      <div class="progress ${this.#e.isBusy?`busy`:``}"></div>
      ${this.#n?this.#s():this.#a()}
      ${this.#l()}
      <p class="unseen" role="status">${this.#n&&!this.#e.isBusy?_t(this.#r):b}</p>
      <article-dialog
        .documentId=${this.now.document}
        .passageId=${this.now.passage}
        .besideId=${this.now.beside}
        .hits=${this.#e.answer?.hits??[]}
        .read=${e=>this.#e.article(e)}
        .locale=${this.#t}
        @article-close=${this.#x}
        @article-open=${({detail:e})=>this.#b(e.documentId,null)}
        @article-beside=${({detail:e})=>this.#d({beside:e.documentId},{depth:this.#u+1})}
        @article-similar=${({detail:e})=>this.#w(e.documentId,e.documentId)}
        @article-cite=${({detail:e})=>this.exports.open([],[e.article],`gbt7714`)}
      ></article-dialog>
      <export-dialog .read=${e=>this.#e.article(e)} .locale=${this.#t}></export-dialog>
    `}#i(){let e=this.#t,t=T[e],n=p.find(t=>t!==e)??e;return i`
      <header class="top">
        <h1><a href=${`/${j({...A,locale:this.now.locale})}`} @click=${this.#m}><span lang="en">haihe</span> <span lang="zh">海河</span></a></h1>
        <search-box .value=${this.now.query} .locale=${e} @query=${this.#p}></search-box>
        <div class="top-actions">
          <button type="button" class="plain" lang=${n} data-action="locale" @click=${()=>this.#g(n)}>${{zh:`中文`,en:`English`}[n]}</button>
          <button type="button" class="plain" data-action="theme" @click=${this.#_}>${zt()===`dark`?t.theme.light:t.theme.dark}</button>
        </div>
      </header>
    `}#a(){let e=T[this.#t];return i`
      <main class="start" id="results" tabindex="-1">
        <h2>${e.lead}</h2>
        <p class="quiet">${e.leadMore}</p>
        <div class="examples">${p.map(e=>this.#o(e))}</div>
      </main>
    `}#o(e){let t=T[this.#t],n=e=>`/${j({...A,query:e,locale:this.now.locale})}`;return i`
      <section aria-labelledby="examples-${e}">
        <h3 id="examples-${e}">${t.examples[e]}</h3>
        <ul lang=${e}>
          ${ce[e].map(e=>i`<li><a href=${n(e)} @click=${Wt(()=>this.#d({query:e}))}>${e}</a></li>`)}
        </ul>
      </section>
    `}#s(){let e=this.#r,{texts:t,locale:n,results:r}=e,a=this.now.like!==null;return i`
      <div class="columns ${a?`alone`:``}">
        ${a?b:this.#c()}
        <main id="results" tabindex="-1" aria-label=${t.results} @hit-open=${this.#y} @hit-similar=${this.#C} @hit-explain=${this.#E} @hit-cite=${this.#D}>
          <h2 class="unseen">${t.results}</h2>
          ${st(e)}
          ${a?b:i`<month-chart
                  .facet=${r.facets.month}
                  .period=${{from:this.now.from,to:this.now.to}}
                  .locale=${n}
                  @period=${({detail:e})=>this.#d({...e,...F})}
                ></month-chart>`}
          ${ot(e)} ${Be(e)} ${ct(e)}
        </main>
      </div>
    `}#c(){let e=this.#r,t=Ve(e);return i`
      <aside class="side" aria-label=${e.texts.filters}>
        <details ?open=${Ut.matches||this.showsFilters} @toggle=${e=>{Ut.matches||(this.showsFilters=e.currentTarget.open)}}>
          <summary>${t?e.texts.filtersOn(t):e.texts.filters}</summary>
          ${ze({...e,showsAllSources:this.showsAllSources,toggleSources:()=>{this.showsAllSources=!this.showsAllSources}})}
        </details>
      </aside>
    `}#l(){let{keys:e,indexed:t}=T[this.#t],n=this.#e.answer?.index;return i`
      <footer class="bottom">
        <p class="keys">
          ${e.list.map(([e,t])=>i`<span><kbd>${e}</kbd> ${t}</span>`)}
          <label><input type="checkbox" name="shortcuts" .checked=${this.hasShortcuts} @change=${this.#v} /> ${e.on}</label>
        </p>
        ${n?i`<p>${t(n.documents,n.passages)}</p>`:b}
      </footer>
    `}get#u(){return history.state?.depth??0}#d(e,t={}){let n={...this.now,...e},r=history.state?.isDraft===!0&&t.isDraft===!0,i=location.pathname+j(n);i===location.pathname+location.search?history.replaceState(t,``,i):history[r?`replaceState`:`pushState`](t,``,i),L(n,this.now)||window.scrollTo(0,0),this.#f(n)}#f(e){let t=this.now;this.now=e;let n=this.#t,r=T[n];document.documentElement.lang=n===`zh`?`zh-CN`:`en`,document.title=e.query?r.pageTitle(e.query):r.title,e.likeDocument===t.likeDocument&&this.likeTitle||this.#T(e.likeDocument),this.#e.load(e),t.document&&!e.document&&this.#S(t.document)}#p;#m;#h;#g(e){J.locale=e,history.replaceState(history.state,``,location.pathname+j({...this.now,locale:e})),this.#f({...this.now,locale:e})}#_;#v;#y;#b(e,t){this.#d({document:e,passage:t,beside:null},{depth:this.#u+1})}#x;async#S(e){await this.updateComplete,document.activeElement===document.body&&([...this.querySelectorAll(`hit-card`)].find(({hit:t})=>t?.document.id===e)??this.box).focus()}#C;#w(e,t){this.#d({like:e,likeDocument:t,document:null,passage:null,beside:null,...F}),this.querySelector(`#results`)?.focus({preventScroll:!0})}async#T(e){if(this.likeTitle=null,!e)return;let t=await this.#e.article(e).catch(()=>null);e===this.now.likeDocument&&(this.likeTitle=t?.title??e)}#E;#D;#O};h([x()],$.prototype,`now`,void 0),h([x()],$.prototype,`showsAllSources`,void 0),h([x()],$.prototype,`showsFilters`,void 0),h([x()],$.prototype,`likeTitle`,void 0),h([x()],$.prototype,`hasShortcuts`,void 0),h([s(`search-box`)],$.prototype,`box`,void 0),h([s(`export-dialog`)],$.prototype,`exports`,void 0),$=h([S(`haihe-page`)],$);function Wt(e){return t=>{t.ctrlKey||t.metaKey||t.shiftKey||t.altKey||(t.preventDefault(),e())}}Vt();