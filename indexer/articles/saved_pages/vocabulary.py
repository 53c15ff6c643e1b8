"""The words that the web puts around articles, in the languages of pages' frames. One table a role, no site's own words.

A pattern is matched against a line in lower case and NFKC, without bullets and brackets around it. Position and shape
decide in `furniture`; these words only say what a line that stands alone is for.
"""

from __future__ import annotations

import re

_AI_NAME = r"(?:\bai\b|\bki\b|\bia\b|\bии\b|\bgpt|人工智能|人工智慧|大模型|智能)"
_AI_ACT = (
    r"(?:generated|generiert|generad[ao]|générée?|généré|erstellt|summar|zusammen|resum|résum|outlook|ausblick|"
    r"perspectiv|previsi|insight|takeaway|key points|riassunt|prognos|сводк|прогноз|созда|кратк|要約|まとめ|生成|摘要|总结|總結|"
    r"概括|速读|速讀|导读|導讀|解读|解讀|展望|預測|预测|요약|전망)"
)
AI_MADE = re.compile(rf"{_AI_NAME}.{{0,24}}{_AI_ACT}|{_AI_ACT}.{{0,24}}{_AI_NAME}")
"""Labels of text that a machine made about the article."""

SUMMARY = re.compile(
    r"(?:at a glance|in brief|in short|key (?:takeaways|points|facts)|tl;?dr|quick (?:read|summary)|why it matters|"
    r"what to watch(?: next)?|the big picture|open questions|auf einen blick|das wichtigste.{0,16}|warum es wichtig ist|"
    r"worauf zu achten ist|offene fragen|en bref|l'essentiel|pourquoi c'est important|ce qu'il faut surveiller|"
    r"questions ouvertes|en resumen|en breve|claves|por qué importa|por qué es importante|qué (?:vigilar|observar|seguir)|"
    r"preguntas abiertas|in sintesi|em resumo|por que importa|кратко|главное|почему это важно|за чем следить|открытые вопросы|"
    r"この記事のポイント.*|要点|ポイント|なぜ重要か|注目点|한눈에 보기|요점)"
)
"""Headings of what a page says about its article."""

BOX = re.compile(
    r"(?:"
    r"related(?: (?:pages?|stories|articles?|news|coverage|content|reading|links|posts|topics|documents))?|"
    r"more (?:on this(?: \w+)?|stories|news|coverage|to read|like this|from (?!the ).{2,40}|in [a-z& ]{2,30})|read (?:more|next|also)|"
    r"see also|also (?:read|in).{0,20}|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)|you may have missed|"
    r"recommended(?: (?:for you|reading|stories|articles))?|we recommend|most (?:read|popular|viewed|shared|commented|emailed)"
    r"(?: .{0,20})?|trending(?: .{0,20})?|popular(?: (?:now|stories|posts))?|top (?:stories|picks|news|headlines|reads)|hot topics|"
    r"editors?['’]s? (?:picks?|choice)|don['’]t miss|latest(?: (?:news|stories|headlines|posts|in .{2,30}|from .{2,30}))?|"
    r"other (?:stories|news|articles)(?: .{0,30})?|elsewhere (?:on|in) .{2,30}|from (?:the|our) (?:archive|web|partners|sponsors?)|"
    r"around the web|promoted|sponsored(?: .{0,20})?|paid content|in other news|further reading|what to read next|up next|"
    r"live events|photos?|videos?|watch|galler(?:y|ies)|slideshows?|live updates|market (?:snapshot|data|summary)|quotes|"
    r"recent (?:posts?|articles|stories|news|comments)|archives?|categories|tag cloud|blogroll|upcoming events|"
    r"about the authors?|in this (?:issue|section|digest)|keep reading|discover more|more>+|also from .{2,40}|"
    r"(?:相关|相關|延伸|推荐|推薦|精彩|热门|熱門|更多|深度|扩展|擴展|关联|關聯|往期|同类|同類|人气|人氣|最新|今日|本周|本週|一周|小时|小時|24小时|24小時|"
    r"48小时|7×24小时|7x24小时|滚动|滾動|头条|頭條|焦点|焦點|独家|獨家|猜你|编辑|編輯|特别|特別|网友|網友|近期|图片|圖片|视频|影片|专题|專題|"
    r"大家|热点|熱點|要闻|要聞|基金|股票|个股|個股|理财|为你|為你|您可能|你可能|看过|小编|小編|其他|其它|本网|本網|栏目|欄目|每日)*"
    r"(?:阅读|閱讀|新闻|新聞|文章|报道|報導|报导|資訊|资讯|推荐|推薦|推介|内容|內容|链接|連結|鏈接|回顾|回顧|排行榜?|排行榜单|榜单|榜單|热榜|熱榜|"
    r"热搜|熱搜|热文|熱文|热评|关注|關注|头条|頭條|快讯|快訊|图集|圖集|美图|图库|看点|看點|精选|精選|话题|話題|专题|專題|稿件|文档|动态|動態|視頻|视频|"
    r"喜欢|喜歡|感兴趣|感興趣|都在看|在看|还看了|还在看|還看了|搜索|要闻|要聞|资金流向|導讀|好文|好物|热点|熱點|点击|點擊)(?:推荐|推薦|排行|榜|的新闻|的文章)?|"
    r"猜你(?:喜欢|想看)|你可能(?:也|还)?(?:喜欢|喜歡|感兴趣|想看|错过).{0,6}|您可能.{0,10}|大家(?:都|还|正)?在(?:看|搜|读)|看过.{0,8}还.{0,6}|下一篇|上一篇|"
    r"热点推荐|今日头条|编辑推荐|小编推荐|专家在线|友情链接|合作媒体|"
    r"mehr zum thema|lesen sie auch|das könnte sie auch interessieren|meistgelesen.{0,20}|weitere (?:artikel|themen|nachrichten)|"
    r"ähnliche artikel|sur le même (?:sujet|thème)|à lire aussi|lire aussi|articles? (?:liés|similaires|associés)|les plus lus|"
    r"voir aussi|à la une|también te puede interesar|te puede interesar|noticias relacionadas|artículos relacionados|"
    r"lo más (?:leído|visto)|más (?:noticias|leídas|sobre .{2,20})|entradas (?:recientes|relacionadas)|navegación de entradas|"
    r"archivos|leggi anche|articoli correlati|i più letti|leia (?:também|mais)|notícias relacionadas|mais lidas|"
    r"читайте также|по теме|похожие (?:статьи|материалы)|самое читаемое|популярное|еще по теме|"
    r"関連記事|関連ニュース|あわせて読みたい|おすすめ(?:記事|動画)?|アクセスランキング|ランキング|人気記事|新着記事|"
    r"관련 ?기사|추천 ?기사|많이 본 (?:뉴스|기사)"
    r")"
)
"""Headings of lists of other things: matched against a whole short line."""

INSERT = re.compile(
    r"(?:read (?:more|also|next)|more from .{2,30}|related(?: (?:story|article|coverage|reading))?|see also|more on this|watch|listen|also read|"
    r"don['’]t miss|lire aussi|à lire|leer también|lea también|lesen sie auch|siehe auch|читайте также|"
    r"(?:相关|相關|延伸|推荐|推薦|拓展|扩展|更多)(?:阅读|閱讀|新闻|新聞|报道|報導|链接|連結|文章)|上一篇|下一篇|前一篇|后一篇|点击查看|点击进入(?:专题|专栏)?|"
    r"関連記事|entrada (?:anterior|siguiente)|previous(?: (?:article|post|story))?|next(?: (?:article|post|story))?)"
    r"\s*[:|»›>→】\]]\s*\S"
)
"""One line that points to another story, title included."""

TERMINAL = re.compile(
    r"(?:"
    r"(?:\d+ )?(?:comments?|replies|responses)(?: \(\d+\)| on .*|\s*\d+)?|(?:leave|post|add|write|join).{0,20}(?:comment|reply|conversation|discussion)|"
    r"view (?:all )?\d* ?comments|have your say|comments? (?:are|is) closed.*|"
    r"(?:网友|網友|全部|热门|熱門|最新|精彩|用户|讀者|读者|发表|發表|我要|我来|写)?(?:评论|評論|留言|跟帖|回應|说两句)(?:区|區)?\s*\d*(?:条|則)?|"
    r"文明上网.*|登录后.{0,8}评论|"
    r"\d* ?(?:comentarios?|commentaires?|kommentare?|commenti|комментари\w+|コメント|댓글).{0,80}|deja una respuesta|laisser un commentaire|"
    r"(?:特别|特別|免责|免責|版权|版權|著作权|郑重|風險|风险|重要|法律|转载|轉載|本网|本站|平台)?(?:声明|聲明|提示|告知)\s*:.*|"
    r"免责声明.*|免責聲明.*|版权声明.*|風險提示.*|风险提示.*|"
    r"(?:legal |general )?disclaimers?\b.*|risk (?:disclosure|warning|disclaimer).*|editorial (?:note|policy|standards)\s*:.*|"
    r".{0,60}(?:copyright|©|\(c\) ?(?:19|20)\d\d|版权所有|版權所有|著作權所有|all rights reserved|tous droits réservés|alle rechte vorbehalten|"
    r"todos los derechos reservados|tutti i diritti|все права защищены|無断転載|無断複写|무단 ?전재).*|"
    r".{0,40}(?:icp ?备|icp ?備|icp证|公网安备|网安备|許可證|许可证(?:号|编号)?\s*:|备案号).{0,80}|"
    r"(?:about|关于)(?: us|我们|我們)(?:\s.*)?|關於我們.*|关于我们.*|"
    r"(?:media|press) contacts?|"
    r"(?:terms (?:of use|of service|& conditions|and conditions)|privacy (?:policy|notice)|cookie (?:policy|notice|settings)|impressum|"
    r"mentions légales|aviso legal|datenschutz|利用規約|会社概要).{0,160}"
    r")"
)
"""What a page ends with: comments, disclaimers, rights, registers."""

END = re.compile(
    r"(?:完|全文完|本文完|end|ends|fin|the end|#(?: ?#){0,9}|-30-|■|□|∎|◆|正文完|全文结束)|"
    r"(?:责任编辑|责编|責任編輯|責編|编辑|編輯|值班编辑|网络编辑|文字编辑|网编|主编|校对|审核|審核|编审|监制|监审|终审|初审|复审|编校|排版|核稿|"
    r"web editors?|editors?|edited by|editor in charge|copy editor|redaktion)\s*[:/丨|].{0,60}|"
    r"(?:责任编辑|责编|責任編輯|責編|编辑|編輯)\s+\S{1,12}|"
    r"\(?(?:additional )?(?:reporting|writing|editing|edited|compiled|translated) by .{2,160}"
)
"""Marks after which an article has ended."""

ALONE = re.compile(
    r"(?:"
    # sharing, saving, printing, sizing
    r"(?:share|tweet|print|e-?mail|save|bookmark|copy(?: link| url)?|facebook|twitter|x|whatsapp|wechat|weibo|linkedin|reddit|pinterest|"
    r"telegram|line|rss|like|follow|subscribe|listen|download|pdf|favou?rites?|more|comments?|pocket|flipboard|messenger|instagram|youtube|"
    r"qq|qzone|qq空间|新浪微博|微博|微信|朋友圈|分享|转发|轉發|收藏|打印|列印|关闭|關閉|评论|評論|点赞|點讚|赞|讚|推特|脸书|臉書|複製連結|复制链接|举报|舉報|"
    r"反馈|反饋|投诉|加书签|返回顶部|返回首页|回到顶部|顶部|关注|關注|字号|大|中|小|特|\d|[a-z][+-]|[-–—|/·,:、()•&]|\s)+|"
    r"(?:share|tweet|print|email|send|save|bookmark)\b.{0,50}|share\s*[-–—:|].{0,60}|.{0,16}分享(?:到|至|给|給|本文|此文)?\s*:?.{0,40}|"
    r"teilen.{0,40}|partager.{0,40}|compart(?:e|ir).{0,80}|condividi.{0,40}|поделиться.{0,40}|シェア.{0,40}|공유.{0,20}|"
    r"(?:text|font) ?size.{0,20}|字[号號体體级級]\s*.{0,24}|a[-+] ?a[-+].{0,40}|t ?t|"
    r"(?:printer[- ]friendly|send to a friend|purchase reprint|order reprints).{0,60}|.{0,8}(?:打印|列印)(?:本页|本頁|此文|本文)?.{0,12}|关闭窗口|"
    # accounts, apps, newsletters, cookies, ads
    r"(?:sign|log) ?(?:in|up|out)\b.{0,60}|.{0,40}\bsubscribe to (?:our|the)\b.{0,100}|catch (?:all )?the (?:latest|business|.{0,16}news).{0,140}|"
    r"(?:your|work|business|enter) .{0,6}e-?mail.{0,24}|this audio (?:is|was) .{0,40}|a (?:daily|weekly|twice-weekly|monthly) .{0,10}(?:roundup|round-up|digest|briefing).{0,100}|\.{3}\s?more|在小说阅读器.{0,12}|去阅读|听全文|(?:register|create (?:an )?account|my account|subscribe|subscriptions?|become a member|join (?:us|now)|donate|"
    r"support (?:us|our)|start your|already a (?:subscriber|member)|get (?:the|our|alerts|unlimited|more|involved|full access)|"
    r"enter your e-?mail|your e-?mail|sign up|by (?:signing up|clicking|subscribing|continuing)|unsubscribe|you can unsubscribe|contact me with)\b.{0,140}|"
    r".{0,60}newsletters?\b.{0,80}|.{0,40}\b(?:our|free) app\b.{0,60}|download (?:the|our)\b.{0,60}|"
    r"(?:登录|登錄|登入|注册|註冊|加入会员|加入會員|会员|會員|免费注册|退出|我的|订阅|訂閱|投稿)(?:[/|｜\s、].{0,30})?|"
    r".{0,24}(?:下载|下載|打开|打開|安装|安裝|客户端|客戶端|ダウンロード).{0,12}(?:app|客户端|客戶端|アプリ|应用).{0,30}|(?:打开|下载|下載)\s?app.{0,30}|"
    r".{0,30}(?:app|客户端|客戶端)(?:内|內)?(?:打开|打開|下载|下載|阅读|查看|專享|专享).{0,30}|点击下载.{0,40}|.{0,10}(?:扫一扫|掃一掃|扫码|掃碼|(?:扫|掃)描.{0,8}(?:码|碼|qr)).{0,40}|"
    r"点击(?:上方|下方|左下|右上|标题下|文末).{0,24}|.{0,16}设为星标.{0,12}|.{0,12}(?:开户|炒股|自选股|股吧|模拟炒股).{0,12}|查看.{0,6}行情.{0,6}|"
    r".{0,16}(?:长按|長按|识别|識別).{0,6}(?:二维码|二維碼|qr).{0,24}|"
    r"(?:关注|關注|欢迎关注|加入|追蹤|追踪|点我加入|點我加入).{0,24}(?:公众号|公眾號|微信|微博|粉丝团|粉絲團|line|频道|頻道|好友|社群).{0,40}|"
    r".{0,60}\bcookies?\b.{0,80}|(?=.*\bcookies?\b)(?=.*(?:technolog|consent|preferences|partners|advert|browser|website|this site|settings|accept)).{0,400}|"
    r"allow .{2,24} content\??|accept and continue|we and our (?:\d+ )?partners.{0,200}|(?:accept|reject|manage)(?: all)?(?: preferences| cookies)?|"
    r"(?:advertisements?|ads?|sponsored|promoted|广告|廣告|推广|推廣|赞助|贊助|publicidad|publicité|anzeige|werbung|reklama|реклама|広告|pr|광고)"
    r"(?: .{0,24})?|why am i seeing this ad.?|report this ad|(?:广告|廣告)\s*:.{0,60}|pr[】\])].*|"
    r".{0,60}(?:affiliate (?:commission|links?)|earn a commission).{0,80}|.{0,24}recommended by.{0,24}|powered by .{0,40}|"
    # navigation, search, accessibility, media labels
    r"(?:skip|jump) to (?:main )?(?:content|navigation).{0,20}|saltar al contenido|aller au contenu|zum inhalt.{0,20}|(?:open|close|main) ?menu|menu|navigation|"
    r"search(?:\.{3}|…)?(?: .{0,30})?|搜索|搜尋|站内搜索.{0,20}|buscar.{0,12}|rechercher|suche|検索|поиск|输入.{0,20}|請輸入.{0,20}|"
    r"home ?page|home|首页|首頁|back to (?:top|home|all .{0,20}|.{0,30})|top|return to .{0,24}|(?:previous|next|prev)(?: (?:page|article|post|story))?|"
    r"page \d+(?: of \d+)?|第\s?\d+\s?页.{0,12}|共\s?\d+\s?页|\[?\d+\]?|[<>«»‹›←→◄►▲▼ ]*(?:上一[页頁篇张]|下一[页頁篇张]).{0,80}|"
    r"(?:设为首页|加入收藏|手机版|无障碍|無障礙|繁體|简体|english|中文|français|deutsch|español|日本語|русский|한국어|العربية)(?:[\s|｜/·].*)?|"
    r"(?:展开|展開|收起|查看|阅读|閱讀|点击|點擊|显示|加载|加載|載入)(?:阅读|閱讀|全文|全部|更多|原文|大图|大圖|剩余|下载|展开)+.{0,16}|請?繼續往下閱讀.{0,6}|"
    r"(?:load|see|view|show|read) (?:more|all|full|latest|less|comments|original)\b.{0,40}|continue reading.{0,40}|story continues.{0,24}|"
    r"click (?:here|to)\b.{0,80}|tap (?:here|to)\b.{0,60}|expand.{0,16}|play(?: video)?|video(?: player)?|watch (?:live|now|video).{0,40}|"
    r"listen to (?:this|the) (?:article|story).{0,30}|add us as.{0,40}|preferred source.{0,20}|live|now playing|\[?videos?\]?|view image in fullscreen|(?:this article is more than )?\d+ (?:months?|years?) old|skip past .{0,30}|loading\.*|cargando.{0,4}|"
    r"[\d.,]+ ?(?:k|w|万|萬|万\+)?\+? ?(?:views?|reads?|shares?|likes?|followers?|people (?:are )?(?:viewing|reading).{0,20}|viewing this page|人?阅读|人?閱讀|次?浏览|瀏覽|播放|赞|讚|点击|粉丝|人参与|人關注)(?: .{0,12})?|"
    r"(?:阅读|閱讀|浏览|瀏覽|点击|點擊|播放|人气|人氣|访问|已读|有用|views?|reads?|hits)(?:量|数|數|次数|次數)?\s*:?\s*[\d.,]+ ?[万萬wk]?\+?.{0,12}|我要评论.{0,16}|"
    r"\d+ ?min(?:ute)?s? (?:read|de lecture|lesezeit)|(?:lecture|reading time|lesezeit|阅读时间|閱讀時間)\s*:.{0,24}|lire l'article original|leer en .{2,16}|signaler un problème.{0,40}|"
    # tags, contacts, addresses, promises
    r"(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|categorías|schlagwörter|mots[- ]clés|etiquetas|теги|タグ|标签|標籤|标签云|关键词|關鍵詞|关键字|關鍵字|分类|分類)\s*:?(?:\s.{0,120})?|"
    r"(?:标签|標籤|关键词|關鍵詞|关键字|分类)\s*:.{0,80}|(?:[##][^\s##]{1,24}\s*){1,12}|"
    r"(?:follow|find|like|visit|contact|call|email|write to|connect with|reach) (?:us|me|the newsroom|our)\b.{0,100}|contact(?: us)?|"
    r"(?:客服|联系|聯繫|聯絡|投稿|举报|舉報|合作|广告|廣告|服务|服務|新闻|新聞|爆料|热线|官方|商务|编辑部|編輯部)(?:热线|熱線|电话|電話|邮箱|郵箱|信箱|微信|微博|我们|我們|方式|专线|專線|合作|QQ|qq)\s*:?.{0,80}|"
    r"(?:地址|邮编|電話|电话|传真|邮箱|e-?mail|tel|fax|address)\s*:.{0,100}|(?:官方)?(?:微信|微博|公众号)\s*:.{0,60}|网站标识码.{0,40}|(?:主办|承办|主管|协办|技术支持|运行维护)(?:单位)?\s*:.{0,60}|"
    r".{0,30}(?:违法和不良信息|不良信息举报|有害信息举报|未成年人).{0,60}|营业执照.{0,30}|京网文.{0,60}|"
    r"(?:作者简介|作者介绍|关于作者|作者簡介|about the author)\s*:.*|"
    r".{0,40}(?:原创内容|原創內容|未经授权|未經授權|未经许可|未經許可|转载请|轉載請|不得转载|不得轉載|侵权|侵權|违者必究|本文来自|本文系|本文為|图片来源网络).{0,200}|"
    r".{0,30}(?:may not be (?:published|rebroadcast|rewritten|reproduced)|without (?:written |prior )?permission).{0,160}|"
    r"(?:our standards|corrections?|send us|got a (?:tip|story)|do you have|is your|have you|report an error|spotted an error|let us know)\b\s*:?.{0,120}|"
    r"(?:温馨|溫馨|友情|特别|特別|小)?提[示醒]\s*:.{0,120}|.{0,16}提醒您:.{0,60}|.{0,20}(?:先睹为快|不漏接|新聞不漏接|每天簽到|免费开户|立即咨询|点击领取|立即购买|抽好禮).{0,40}|发现更多.{0,12}|"
    r"(?:best viewed|last modified|last updated by|site map|sitemap|网站地图|網站地圖|accessibility|careers|advertise).{0,120}|"
    r"\(?(?:相关)?(?:资料图|資料圖|配图|配圖|图文无关|网络图|示意图|資料照|资料图片)\)?|(?:图片|圖片|图|圖|照片|image|photo|picture) ?(?:来源|來源|credit|source|courtesy)s?\s*[:,].{0,60}|image (?:source|caption),?|"
    r"(?:responder|répondre|antworten|reply|回复|回覆|返信)\b.{0,20}|(?:like|赞|讚)\s*\d*.{0,6}(?:reply|回复|回覆).{0,20}"
    r")"
)
"""Lines that serve the page, each by itself: matched against a whole line."""

CALENDAR_AGO = re.compile(
    r"(?:\d+|an?|one|few|several|il y a \d+|hace \d+|vor \d+)\s*(?:s|sec|min|minutes?|mins?|h|hrs?|hours?|d|days?|j|weeks?|months?|horas?|días?|"
    r"stunden?|tage?n?|秒|分钟|分鐘|小时|小時|天|日|周|週|个月|個月|時間)s?\s*(?:ago|前)?|(?:today|yesterday|今天|昨天|刚刚|剛剛|昨日)(?:\s*\d{1,2}:\d\d)?"
)
"""`3 hours ago`, `2小时前`: a list of stories says how old each is."""

WALL = re.compile(
    # scripts, cookies, robots
    r"(?:enable|activate|turn on|requires?|without) (?:java ?script|cookies)|java ?script (?:is|to be|must be)\b|"
    r"(?:please |to )?(?:verify|confirm|check(?:ing)?) (?:that |if )?you(?: are|['’]re) (?:not )?(?:an? )?(?:human|robot)|"
    r"captcha|unusual traffic|checking your browser|just a moment|"
    r"(?:启用|啟用|开启|開啟|打开|启动|支持)\s?(?:java\s?script|js|cookie)|安全验证|安全驗證|验证码|驗證碼|人机验证|滑动验证|"
    r"环境异常|访问(?:过于)?频繁|"
    # accounts
    r"(?:sign|log) ?in to (?:read|continue|view|see)|subscribe (?:now )?to (?:read|continue|keep reading)|"
    r"already a (?:subscriber|member)|请先?(?:登录|登陆|登入)|"
    r"(?:登[录陆入錄]|付费|订阅|訂閱|会员|會員)[后後]?(?:才能|可|即可|方可)?(?:查看|阅读|閱讀|观看|浏览|继续|繼續|可见|专享|專享)|"
    # nothing there
    r"(?:access|request) (?:was )?(?:denied|blocked)|403 forbidden|\b404\b(?=\W*(?:$|not found|error|page|页|頁|错|錯))|"
    r"page (?:not found|can['’]t be found|you requested)|违规无法查看|无权访问|被发布者删除|被發布者刪除|"
    r"(?:页面|頁面|网页|文章|内容|內容)(?:已?(?:不存在|被?[删刪]除|失效|找不到)|不存在)|已被[删刪]除",
    re.IGNORECASE,
)
"""What a page says in place of its article: log in, switch scripts on, prove that you are human, it is gone."""
