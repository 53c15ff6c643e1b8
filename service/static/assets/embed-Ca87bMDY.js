import{C as e,E as t,O as n,T as r,_ as i,a,b as o,f as s,g as c,h as l,k as ee,m as u,n as d,o as f,r as p,t as te,u as m,v as h,w as g,x as _,y as v}from"./repeat-Bpk7Q0go.js";var y={fromAttribute:e=>ne(e??``),toAttribute:e=>e.length?b(e):null};function ne(e){return(ie(e)??e.split(`,`)).map(e=>String(e).trim()).filter(Boolean)}function b(e){return e.some(e=>e.includes(`,`)||e.startsWith(`[`))?JSON.stringify(e):e.join(`,`)}function re(e,t){return{query:e.query.trim(),k:e.size,...t&&{offset:t},...e.languages.length&&{languages:e.languages},...e.sources.length&&{sources:e.sources},...e.publishedFrom&&{published_from:e.publishedFrom},...e.publishedTo&&{published_to:e.publishedTo},...e.groupBy&&{group_by:e.groupBy},...e.sort&&{sort:e.sort}}}function ie(e){if(!e.trim().startsWith(`[`))return null;try{let t=JSON.parse(e);return Array.isArray(t)?t:null}catch{return null}}async function ae(e){try{return await fetch(`${e}/healthz`,{mode:`no-cors`,credentials:`omit`,cache:`no-store`}),`refused`}catch{return`unreachable`}}var oe=class{#e;constructor(e,t,n){this.host=e,this.onAnswer=t,this.onFailure=n,this.answer=null,this.hits=[],this.rest=[],this.failure=null,this.isAsking=!1,this.isAtEnd=!1,this.#e=new i,e.addController(this)}hostDisconnected(){this.#e.abort(),this.isAsking=!1}showRest(){this.hits=[...this.hits,...this.rest],this.rest=[],this.host.requestUpdate()}clear(){this.#e.abort(),Object.assign(this,{answer:null,hits:[],rest:[],failure:null,isAsking:!1}),this.host.requestUpdate()}take({status:e,body:t}){e===200?this.#t(t,[]):this.#n({status:e,detail:t.detail??``,silence:null})}async ask(e,t,n=0){let r=this.#e.next();this.isAsking=!0,this.host.requestUpdate();try{let i=await new c(t).search(re(e,n),r);this.#t(i,n?this.hits:[]),this.isAtEnd=i.hits.length<e.size}catch(e){if(v(e)||r.aborted)return;let n=await x(e,t);r.aborted||this.#n(n)}}#t(e,t){let n=e.hits.slice(0,se(e)),r=e.hits.slice(n.length);Object.assign(this,{answer:e,hits:[...t,...n],rest:r,failure:null,isAsking:!1}),this.host.requestUpdate(),this.onAnswer(e)}#n(e){Object.assign(this,{failure:e,isAsking:!1}),this.host.requestUpdate(),this.onFailure(e)}};function se({hits:e,total:t,total_relation:n}){return t===0||n===`gte`?e.length:e.filter(({rank:e})=>e<=t).length}async function x(e,{endpoint:t}){if(!(e instanceof h))return{status:500,detail:String(e),silence:null};let n=e.status===0?await ae(t):null;return{status:e.status,detail:e.detail,silence:n}}var S=60,C=120,w=280;function T(e){return e.reduce((e,{text:t})=>e+t.length,0)<=w?e:e.some(({marked:e})=>e)?e.map((t,n)=>t.marked?t:n===0?E(t):n===e.length-1?D(t,C):t).filter(O):[D(e[0],w)].filter(O)}function E(e){return e.text.length<=S?e:{...e,text:`…${e.text.slice(-60).replace(/^[\udc00-\udfff]|^\w+\s/u,``)}`}}function D(e,t){return!e||e.text.length<=t?e:{...e,text:`${e.text.slice(0,t).replace(/[\ud800-\udbff]$|\s\w+$/u,``)}…`}}function O(e){return!!e?.text}function k({document:e,passage:t},n){return M(e.url)??A(e.id,n,t.id)}function A(e,t,n){return`${t}/?${new URLSearchParams({doc:e,...n&&{at:n}})}`}function j(e,t){return`${t}/?${new URLSearchParams({q:e})}`}function M(e){if(!e||!URL.canParse(e))return null;let t=new URL(e);return t.protocol===`https:`||t.protocol===`http:`?t.href:null}function N(e,n){let r=k(e,n.endpoint);return t`
    <li>
      <h3 lang=${f(e.document.title)}>${P({document:e.document,url:r,hit:e},n)}</h3>
      ${F(e,n.locale)} ${I(e)}
      ${e.document.counterparts.slice(0,1).map(t=>L(t,e,n))}
    </li>
  `}function P(e,{onOpen:n}){let r=t=>{t.button>1||n(e)||t.preventDefault()};return t`<a href=${e.url} target="_blank" rel="noopener noreferrer" aria-describedby="new-tab" @click=${r} @auxclick=${r}>${e.document.title}</a>`}function F({document:e,passage:n},r){let{badge:i,languages:a,sourceUnknown:o,dateUnknown:s}=p[r];return t`
    <p class="meta">
      <span class="badge" title=${a[n.language]}>${i[n.language]}</span
      >${e.source?t`<span lang=${f(e.source)}>${e.source}</span>`:t`<span>${o}</span>`}${e.published?t`<time datetime=${e.published}>${m(e.published,r)}</time>`:t`<span>${s}</span>`}
    </p>
  `}function I({passage:e}){let n=l(e.opening,T(u(e.text,e.start,e.highlights)));return t`<p class="passage" lang=${e.language}>${n.map(({text:e,marked:n})=>n?t`<mark>${e}</mark>`:e)}</p>`}function L(e,n,i){let{language:a,id:o,title:s}=e;if(!a)return r;let c={document:e,url:A(o,i.endpoint),hit:n};return t`
    <p class="same">
      <span>${p[i.locale].sameStory[a]}</span>
      <span lang=${f(s)}>${P(c,i)}</span>
    </p>
  `}var R=[`keydown`,`keypress`,`keyup`,`beforeinput`,`input`,`compositionstart`,`compositionupdate`,`compositionend`,`paste`],z=new Set([`Escape`,`Tab`]);function B(e,t){for(let n of R)e.addEventListener(n,e=>{let n=e instanceof KeyboardEvent&&z.has(e.key);e.target===t&&!n&&e.stopPropagation()})}function ce(e,t,n,r){let i=n.indexOf(r);if(!(i<0&&r!==t)){if(e===`ArrowDown`)return n[i+1];if(e===`ArrowUp`&&i>=0)return i===0?t:n[i-1]}}var V=new Set([401,403]),H=new Set([429,503]),U=new Set([400,413,422]);function W({status:e,detail:t,silence:n},r,i){let a=G(r);return n===`refused`?i.refused(a,location.origin):n===`unreachable`?i.unreachable(a):V.has(e)?i.noToken:H.has(e)?i.busy:U.has(e)?i.wrong(t):i.failed}function G(e){return URL.canParse(e)?new URL(e).host:e}var K=`/* Colours and type of page and widget. A portal overrides the custom properties; the colour scheme picks light or dark. */
:root,
:host {
  --haihe-paper: light-dark(#fbfaf7, #161714);
  --haihe-raised: light-dark(#ffffff, #1f201d);
  --haihe-ink: light-dark(#1d1c19, #e9e6de);
  --haihe-soft: light-dark(#5c584f, #aba79c);
  --haihe-line: light-dark(#e3dfd5, #34352f);
  --haihe-edge: light-dark(#8a857a, #7a776d);
  --haihe-accent: light-dark(#0b5a63, #7cc6c8);
  --haihe-on-accent: light-dark(#ffffff, #10201f);
  --haihe-wash: light-dark(#e8efee, #223130);
  --haihe-mark: light-dark(#f7e8a9, #4f4516);
  --haihe-alert: light-dark(#94291d, #f0a89d);
  --haihe-sans:
    system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif;
  --haihe-serif:
    "Iowan Old Style", "Charter", "Source Serif 4", Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC",
    "Noto Serif SC", "Source Han Serif SC", "STSong", serif;
}
`,le=[...K.slice(0,K.indexOf(`}`)).matchAll(/--haihe-([\w-]+):\s*([^;]+);/g)].map(([,e,t])=>`--own-${e}: var(--haihe-${e}, ${t});`).join(`
`),ue=n`
  /* What would make the element unreadable is important here, which outranks the page's own importance. Its place and size
     are the portal's. */
  :host {
    display: block !important;
    visibility: visible !important;
    opacity: 1 !important;
    isolation: isolate !important;
    overflow: visible !important;
    filter: none !important;
    backdrop-filter: none !important;
    mix-blend-mode: normal !important;
    transform: none !important;
    translate: none !important;
    rotate: none !important;
    scale: none !important;
    zoom: 1 !important;
    animation: none !important;
    transition: none !important;
    clip-path: none !important;
    mask: none !important;
    content-visibility: visible !important;
    columns: auto !important;
    writing-mode: horizontal-tb !important;
    pointer-events: auto !important;
    user-select: auto !important;
  }
  :host([hidden]) { display: none !important; }

  .root {
    all: initial;
    direction: ltr;
    unicode-bidi: isolate;
    display: block;
    box-sizing: border-box;
    container-type: inline-size;
    color-scheme: inherit;
    ${ee(le)}
    --own-radius: var(--haihe-radius, 4px);
    --own-padding: var(--haihe-padding, 1.25em);
    padding: var(--own-padding);
    border: var(--haihe-border, 1px solid var(--own-line));
    border-radius: var(--own-radius);
    background: var(--own-paper);
    color: var(--own-ink);
    font-family: var(--own-sans);
    font-size: var(--haihe-font-size, medium);
    line-height: 1.5;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  .root.light { color-scheme: light; }
  .root.dark { color-scheme: dark; }
  .root.auto { color-scheme: light dark; }

  *, *::before, *::after { box-sizing: border-box; }
  h2, h3, p, ol { margin: 0; padding: 0; font-weight: inherit; font-size: inherit; }
  ol { list-style: none; }
  button, input { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
  button { appearance: none; border: 0; background: none; cursor: pointer; }
  a { color: inherit; text-decoration: underline 1px transparent; text-underline-offset: 0.18em; }
  a:hover { color: var(--own-accent); text-decoration-color: currentColor; }
  :focus-visible { outline: 2px solid var(--own-accent); outline-offset: 2px; border-radius: 2px; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  form { display: flex; border: 1px solid var(--own-edge); border-radius: var(--own-radius); background: var(--own-raised); }
  form:has(input:focus-visible) { border-color: var(--own-accent); outline: 1px solid var(--own-accent); }
  input:focus-visible { outline: none; }
  input {
    flex: 1; min-width: 0; padding: 0.625em 0.75em; border: 0; background: none; appearance: none;
    font-size: 1.0625em; line-height: 1.4;
  }
  input::placeholder { color: var(--own-soft); opacity: 1; }
  input::-webkit-search-cancel-button { display: none; }
  .submit {
    flex: none; display: grid; place-items: center; min-width: 2.75em; padding: 0 0.75em; border-radius: 0 calc(var(--own-radius) - 1px) calc(var(--own-radius) - 1px) 0;
    background: var(--own-accent); color: var(--own-on-accent);
  }
  .submit:hover { filter: brightness(1.1); }
  .submit svg { width: 1.125em; height: 1.125em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; }

  .bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.125em 2em; min-height: 2.75em; padding: 0.5em 0 0; font-size: 0.8125em; color: var(--own-soft); }
  .count { margin-right: auto; padding: 0.3em 0; font-variant-numeric: tabular-nums; }
  .choice { display: flex; gap: 0.875em; }
  .choice button { padding: 0.3em 0; min-height: 24px; color: var(--own-soft); border-bottom: 2px solid transparent; }
  .choice button:hover { color: var(--own-accent); }
  .choice button[aria-pressed="true"] { color: var(--own-ink); font-weight: 600; border-bottom-color: var(--own-accent); }

  .results { transition: opacity 0.15s; }
  .results[aria-busy="true"] { opacity: 0.55; }
  li { padding: 1em 0; border-top: 1px solid var(--own-line); }
  h3 { font: 600 1.125em/1.45 var(--own-serif); text-wrap: pretty; }
  h3:lang(zh) { font-weight: 700; font-size: 1.0625em; line-height: 1.6; }
  .meta { margin: 0.125em 0 0.375em; color: var(--own-soft); font-size: 0.8125em; }
  .meta > * + *::before { content: "·"; margin: 0 0.4em; color: var(--own-edge); }
  .badge { color: var(--own-ink); font-weight: 600; font-size: 0.925em; }
  .passage { font-size: 0.9375em; line-height: 1.6; white-space: pre-line; }
  .passage:lang(zh) { line-height: 1.75; }
  mark { padding: 0.1em 0; background: var(--own-mark); color: inherit; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .same { margin-top: 0.625em; padding-left: 0.75em; border-left: 2px solid var(--own-line); font-size: 0.8125em; color: var(--own-soft); }
  .same a { font: 600 1.0625em/1.45 var(--own-serif); color: var(--own-ink); }
  .same a:hover { color: var(--own-accent); }

  .notice { padding: 1em 0 0.25em; border-top: 1px solid var(--own-line); }
  .notice.unlikely { padding-bottom: 0.75em; }
  .notice strong { display: block; font: 600 1.0625em/1.5 var(--own-serif); }
  .notice.failed strong { color: var(--own-alert); }
  .notice p { margin-top: 0.25em; font-size: 0.875em; color: var(--own-soft); }
  .foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5em 1em; padding-top: 0.75em; border-top: 1px solid var(--own-line); font-size: 0.8125em; color: var(--own-soft); }
  .foot a { padding: 0.3em 0; }
  .button { padding: 0.5em 1em; border: 1px solid var(--own-edge); border-radius: var(--own-radius); background: var(--own-raised); color: var(--own-ink); }
  .button:hover { border-color: var(--own-accent); color: var(--own-accent); }
  .notice .button { margin-top: 0.75em; font-size: 0.875em; }

  @container (max-width: 26em) {
    .bar { gap: 0 1.5em; }
    .count { flex-basis: 100%; padding-bottom: 0; }
    .foot { flex-direction: column; align-items: stretch; text-align: center; }
  }
  @media (prefers-reduced-motion: reduce) { .results { transition: none; } }
  @media (forced-colors: active) {
    mark { background: Mark; color: MarkText; }
    .submit { border-left: 1px solid; }
  }
`,de={zh:{search:`搜索`,placeholder:`用中文或英文提问`,syntax:`"原文" 必须逐字出现，-词语 不得出现`,results:`搜索结果`,languages:`文章语言`,both:`中英文`,order:`排序`,relevance:`最相关`,newest:`最新`,searching:`正在搜索……`,more:`更多结果`,again:`重试`,wholePage:`在搜索页打开`,newTab:`在新标签页打开`,found:(e,t,n)=>`${t?`至少 `:``}${s(e,`zh`)} ${n?`篇文章`:`个段落`}`,empty:{what:`没有找到相关内容。`,hint:`可以换一种说法，或者放宽筛选条件。`},unlikely:{what:`没有找到相关内容，以下是最接近的结果。`},rest:`也显示不太可能相关的结果`,noEndpoint:{what:`尚未设置搜索服务。`,hint:`请在 haihe-search 的 endpoint 属性中填写服务地址。`},refused:(e,t)=>({what:`本页面尚不能使用此搜索。`,hint:`搜索服务 ${e} 未准许 ${t}。请其管理员把该来源加入 HAIHE_PORTALS。`}),unreachable:e=>({what:`暂时无法连接搜索服务。`,hint:`${e} 没有回应，或者本页面的 Content-Security-Policy 未在 connect-src 中允许它。`}),noToken:{what:`搜索服务需要有效的令牌。`,hint:`请检查 haihe-search 的 token。`},wrong:e=>({what:`无法这样提问。`,hint:e}),busy:{what:`搜索的人很多。`,hint:`请稍候再试。`},failed:{what:`搜索出错了。`,hint:`请稍后重试。`}},en:{search:`Search`,placeholder:`Ask in Chinese or English`,syntax:`"Exact words" must appear, -words must not`,results:`Search results`,languages:`Language of articles`,both:`Both`,order:`Order`,relevance:`Most relevant`,newest:`Newest`,searching:`Searching…`,more:`More results`,again:`Try again`,wholePage:`Open on the search page`,newTab:`opens in a new tab`,found:(e,t,n)=>{let r=n?`article`:`passage`;return`${t?`At least `:``}${s(e,`en`)} ${e===1?r:`${r}s`}`},empty:{what:`Nothing was found.`,hint:`Put the question in other words, or loosen the filters.`},unlikely:{what:`Nothing relevant was found. These come closest.`},rest:`Show what is unlikely to be relevant, too`,noEndpoint:{what:`No search service is set.`,hint:`The endpoint attribute of haihe-search says where it is.`},refused:(e,t)=>({what:`This page may not use the search yet.`,hint:`The service at ${e} doesn’t admit ${t}. Its operator can add that origin to HAIHE_PORTALS.`}),unreachable:e=>({what:`The search can’t be reached.`,hint:`${e} doesn’t answer, or this page’s Content-Security-Policy lacks it in connect-src.`}),noToken:{what:`The search asks for a valid token.`,hint:`Check the token of haihe-search.`},wrong:e=>({what:`This can’t be asked.`,hint:e}),busy:{what:`Many people are searching.`,hint:`Try again in a moment.`},failed:{what:`The search failed.`,hint:`Try again later.`}}},fe=250,q=`haihe-search`,pe=he(document.currentScript),J=class extends g{constructor(...e){super(...e),this.endpoint=``,this.query=``,this.languages=[],this.sources=[],this.publishedFrom=``,this.publishedTo=``,this.groupBy=`document`,this.sort=``,this.size=10,this.placeholder=``,this.theme=``,this.token=``,this.navigate=null,this.firstAnswer=null,this.#e=new oe(this,e=>this.#C(e),e=>this.#w(`haihe:error`,{status:e.status,detail:e.detail})),this.#t=new MutationObserver(()=>this.requestUpdate()),this.#r=``,this.#m=e=>{clearTimeout(this.#n),this.navigate||e instanceof InputEvent&&e.isComposing||(this.#n=setTimeout(()=>this.#g(),fe))},this.#h=e=>{e.preventDefault(),clearTimeout(this.#n),this.#e.failure&&this.field.value===this.query?this.#v():this.#g()},this.#_=()=>{let{hits:e}=this.#e;this.navigate?this.navigate(this.#i,e.length+this.size):this.#y(e.length)},this.#v=()=>{this.navigate?this.navigate(this.#i,this.size):this.#y()},this.#b=e=>this.#w(`haihe:open`,e),this.#x=e=>{let t=[...this.root.querySelectorAll(`h3 a`)],n=ce(e.key,this.field,t,this.shadowRoot?.activeElement??null);n&&!e.isComposing&&(e.preventDefault(),n.focus())}}static{this.styles=ue}static get observedAttributes(){return[...super.observedAttributes,`lang`]}#e;#t;#n;#r;connectedCallback(){super.connectedCallback(),this.#t.observe(document.documentElement,{attributeFilter:[`lang`]}),this.requestUpdate()}disconnectedCallback(){this.#e.isAsking&&(this.#r=``),super.disconnectedCallback(),this.#t.disconnect(),clearTimeout(this.#n)}attributeChangedCallback(e,t,n){e===`lang`?this.requestUpdate():super.attributeChangedCallback(e,t,n)}focus(e){this.field?.focus(e)}firstUpdated(){B(this.root,this.field)}updated(){let e=JSON.stringify([this.#i,this.#a]);if(!this.isConnected||e===this.#r)return;let t=this.#r===``;this.#r=e,this.query.trim()?this.firstAnswer?this.#S(this.firstAnswer):this.navigate?t||this.navigate(this.#i,this.size):this.#y():this.#e.clear()}render(){let{locale:e,texts:n}=this;return t`
      <div class="root ${this.theme}" lang=${e===`zh`?`zh-Hans`:`en`} @keydown=${this.#x}>
        ${this.#o(n)} ${this.#s(n)} ${this.#l(n)}
        <span id="new-tab" hidden>${n.newTab}</span>
      </div>
    `}get locale(){let e=this.closest(`[lang]`)??document.documentElement;return a(this.lang,e.getAttribute(`lang`),...navigator.languages)}get texts(){return de[this.locale]}get#i(){let{query:e,languages:t,sources:n,publishedFrom:r,publishedTo:i,groupBy:a,sort:o,size:s}=this;return{query:e,languages:t,sources:n,publishedFrom:r,publishedTo:i,groupBy:a,sort:o,size:s}}get#a(){return{endpoint:(this.endpoint||pe).replace(/\/+$/,``),token:this.token}}#o(e){return t`
      <form role="search" @submit=${this.#h}>
        <input
         
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck="false"
          aria-label=${this.placeholder||e.placeholder}
          placeholder=${this.placeholder||e.placeholder}
          title=${e.syntax}
          .value=${this.query}
          @input=${this.#m}
          @compositionend=${this.#m}
        />
        <button class="submit" aria-label=${e.search}>
          <svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="7.5" cy="7.5" r="5.25"></circle><path d="m11.5 11.5 4.5 4.5"></path></svg>
        </button>
      </form>
    `}#s(e){if(!this.query.trim()&&!this.#e.answer)return r;let n=this.languages.length===1?this.languages[0]:``;return t`
      <div class="bar">
        <span class="count" role="status">${this.#c(e)}</span>
        ${Y(e.languages,n,[[``,e.both],[`zh`,`中文`],[`en`,`English`]],e=>{this.languages=e?[e]:[]})}
        ${Y(e.order,this.sort||`relevance`,[[`relevance`,e.relevance],[`published`,e.newest]],e=>{this.sort=e})}
      </div>
    `}#c(e){let{answer:t,isAsking:n,failure:r}=this.#e;return n&&!t?e.searching:r||!t?.total?``:e.found(t.total,t.total_relation===`gte`,this.groupBy===`document`)}#l(e){let{answer:n,hits:i,failure:a,isAsking:s}=this.#e;if(!this.#a.endpoint)return X(e.noEndpoint,`failed`);if(a)return X(W(a,this.#a.endpoint,e),`failed`,this.#d(e));if(!n)return r;let c=o(n.query,this.locale);if(!i.length)return X(c?{what:c}:e.empty,`empty`);let l={locale:this.locale,endpoint:this.#a.endpoint,onOpen:this.#b};return t`
      <section class="results" aria-busy=${s} aria-label=${e.results}>
        <h2 class="hidden">${e.results}</h2>
        ${c?X({what:c},`note`):r}
        ${n.total?r:X(e.unlikely,`unlikely`)}
        <ol>${te(i,e=>e.passage.id,e=>N(e,l))}</ol>
        ${this.#u(e)}
      </section>
    `}#u(e){let n=j(this.query,this.#a.endpoint);return t`
      <div class="foot">
        ${this.#f(e)}
        <a href=${n} target="_blank" rel="noopener noreferrer" aria-describedby="new-tab">${e.wholePage}</a>
      </div>
    `}#d(e){return t`<button class="button again" type="button" @click=${this.#v}>${e.again}</button>`}#f(e){return this.#p?t`<button class="button more" type="button" @click=${this.#_}>${e.more}</button>`:this.#e.rest.length?t`<button class="button rest" type="button" @click=${()=>this.#e.showRest()}>${e.rest}</button>`:t`<span></span>`}get#p(){let{answer:e,hits:t,isAtEnd:n}=this.#e;return!e||n?!1:e.total_relation===`gte`||t.length<e.total}#m;#h;#g(){this.query=this.field.value,this.requestUpdate()}#_;#v;#y(e=0){this.#a.endpoint&&this.#e.ask(this.#i,this.#a,e)}#b;#x;#S(e){this.firstAnswer=null,this.#e.take(e)}#C(e){this.#w(`haihe:search`,{query:e.query.text,language:e.query.language,total:e.total,totalRelation:e.total_relation,hits:this.#e.hits.length,tookMs:e.took_ms})}#w(e,t){return this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0,cancelable:e===`haihe:open`}))}};d([e({reflect:!0,useDefault:!0})],J.prototype,`endpoint`,void 0),d([e({reflect:!0,useDefault:!0})],J.prototype,`query`,void 0),d([e({reflect:!0,useDefault:!0,converter:y})],J.prototype,`languages`,void 0),d([e({reflect:!0,useDefault:!0,converter:y})],J.prototype,`sources`,void 0),d([e({attribute:`published-from`,reflect:!0,useDefault:!0})],J.prototype,`publishedFrom`,void 0),d([e({attribute:`published-to`,reflect:!0,useDefault:!0})],J.prototype,`publishedTo`,void 0),d([e({attribute:`group-by`,reflect:!0,useDefault:!0})],J.prototype,`groupBy`,void 0),d([e({reflect:!0,useDefault:!0})],J.prototype,`sort`,void 0),d([e({type:Number,reflect:!0,useDefault:!0})],J.prototype,`size`,void 0),d([e({reflect:!0,useDefault:!0})],J.prototype,`placeholder`,void 0),d([e({reflect:!0,useDefault:!0})],J.prototype,`theme`,void 0),d([e()],J.prototype,`token`,void 0),d([e({attribute:!1})],J.prototype,`navigate`,void 0),d([e({attribute:!1})],J.prototype,`firstAnswer`,void 0),d([_(`input`)],J.prototype,`field`,void 0),d([_(`.root`)],J.prototype,`root`,void 0);function me(){customElements.get(q)||customElements.define(q,J)}function he(e){let t=e instanceof HTMLScriptElement?e.src:``;return t&&new URL(`.`,t).href}function Y(e,n,r,i){return t`
    <div class="choice" role="group" aria-label=${e}>
      ${r.map(([e,r])=>t`<button type="button" aria-pressed=${e===n} @click=${()=>i(e)}>${r}</button>`)}
    </div>
  `}function X({what:e,hint:n},i,a=r){return t`
    <div class="notice ${i}" role=${i===`failed`?`alert`:`status`}>
      <strong>${e}</strong>
      ${n?t`<p>${n}</p>`:r} ${a}
    </div>
  `}var Z=[`query`,`lang`,`languages`,`sources`,`published-from`,`published-to`,`group-by`,`sort`,`size`,`placeholder`,`theme`],Q=new URLSearchParams(location.search),ge=self.origin===`null`;me(),_e(document.createElement(`haihe-search`));function _e(e){e.endpoint=location.origin;for(let t of Z){let n=Q.get(t);n&&e.setAttribute(t,n)}e.firstAnswer=ve(),ge?e.navigate=(e,t)=>location.assign($(e,t)):e.addEventListener(`haihe:search`,()=>history.replaceState(null,``,$(e))),ye(e),document.querySelector(`main`)?.append(e)}function ve(){let e=document.querySelector(`#first-answer`);return e?.textContent?{status:Number(e.dataset.status),body:JSON.parse(e.textContent)}:null}function $({query:e,languages:t,sort:n,size:r},i=r){let a=new URLSearchParams(Q),o={query:e,languages:b(t),sort:n,count:i>r?String(i):``};for(let[e,t]of Object.entries(o))t?a.set(e,t):a.delete(e);return`?${a}`}function ye(e){let{documentElement:t}=document;t.lang=e.locale===`zh`?`zh-Hans`:`en`,t.dataset.theme=e.theme,document.title=e.texts.results}