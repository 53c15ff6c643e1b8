"""English words that read as pinyin.

Of the 102,000 words of SCOWL's `american-english` (Debian package wamerican), those in lower case that parse into two
or more toneless syllables and have a Zipf frequency of 1.5 or more in wordfreq 3.1, its proper names (2.8 or more), and
all of one syllable. Chinese names were taken out by hand (shanghai is a verb there), a few British spellings put in.
"""

from __future__ import annotations

POLYSYLLABLES = frozenset(
    """
    abase abate abating abide abiding abilene abode abuse academician ace acetate ache acumen acute ada adage
    adelaide adele adipose agate age agenda aha aida aide aiding aiken ailing aiming aisha ala alabama alamo
    alan alana ale ali alibi alice alien alienate alienating alike aline along alongside ama amanda amaze ameba
    ameer amelia amen amending america american americana amuse ana andante andean anemone angela angelica
    angelina angelou anger angle anglia anglican angling angrier ani animate animating anime anise anita anna
    anne annexing annie ansi ante anti anticipate anticipating antifa antigen antigua antique apace apache api
    apiece aping apo are arena arise arisen arouse aruba ashanti ashe ashen asian aside asinine atari ate
    atelier awaiting awake awaken awakening aware awoke awoken axing aye azure bade badinage bailing baiting
    baize bake baku balalaika balance bale baleen bali baling banana bandage bandana bandanna banding bane
    bangladeshi bangle bani banning banqueting bantu banyan bare base baseline baseman basemen basilica bate
    bating bayesian baying bayou beige bending bengali benghazi benzene bianca bide biding bier bike bile
    binding binge binning bite biting bitumen bode bodega bodice boding boer boga bohemian bola bole bonanza
    bone boning bore bose bosun bowen boxing buchanan burundi busier butane buying cabana cabin cacao cache cage
    cajun cake calamine cali calve came camomile canaan canada canadian cancan canceling cancun candace candice
    candidate cane canine caning cannibalize canning cantata canteen canting capacitance capitalise capitalize
    capitulate capitulating capone care careen career caricature carina carouse case cashier catalan catalina
    catamaran cebu cecilia cede ceding celia celibate cementing censure centenarian centime cerise cerulean
    cesarean cetacean chaining chaise chalice chamomile chance chandelier change changeling channeling chanting
    chase chechen cheer chemise chennai cheque cheshire chichi chide chiding chihuahua chile chilean chili chime
    chiming china chinese chiseling chute cicada cilia cinema cite citing citizen congregate congregating
    congruence courier cuba cuban cubing cuisine cumin cunning cupola cure cute dacha dada dalai dale dali
    damage dame damian damien dana dance dane danger dangle dangling dante dare data database date dateline
    dating daze dean deanna debase debate debating debenture debian debilitate debilitating debiting debuting
    decade decanting decapitate decapitating decaying decide deciding decimate decimating dedicate dedicating
    deduce deer deface defame defaming defence defending defense defoliate defuse dehumanize delaware delaying
    delegate delegating delete deleting deli delia delicate delimiting delude deluding deluge delve demanding
    demean demilitarize demise demo demobilize demote demoting demure denature denier denise denizen denver
    dependance depending depopulate depopulating depose depositing depute deputize deregulate deregulating
    deride deriding desalinate desensitize desire detailing detaining dianne dice dietician dieting dietitian
    dike dilate dilating diligence dilute diluting dime dina dine dining dipole dire disabuse disengage
    disentangle disentangling disuse diwali dixie dongle douche douse dubai dude duke duncan dunce dune dunne
    dunning duping duran ebola edamame edema editing educate educating egalitarian eke elaine elegance elena eli
    eliciting elide eliminate eliminating elisa elise elisha elite eliza elucidate elucidating elude eluding
    emailing emanate emanating emancipate emancipating emile emilia eminence emo emoji emote emoting emu emulate
    emulating enameling encase enchanting enchilada endanger ending endurance endure enema engage enhance
    enrique ensure entailing entangle entangling entice entire envying epa epicure epicurean ere erica erika
    ermine ernie erudite eta exile exiling exiting exude exuding eye eyeliner eyepiece eying fabian facade face
    faceting facile facilitate facilitating fade fading fake fame familiarize famine fanbase fancier fanfare
    fannie fanning fantasize fanzine fare farina fate fatima faxing faye faze fence fending foci foliage
    fomenting fore foreboding foreman foremen forename foreseen forewoman fouling fourier foxing fuji fume
    fumigate fumigating fuming fuse fuselage futile future fuze gage gaining gala gale galena game gamete gamin
    gamine gaming ganglia gangrene gaping gate gating gaza gaze gazebo geisha gelatine gemini gene genie
    genitalia genre gentian gentile gouge guacamole guantanamo guatemala guatemalan guidance guide guideline
    guiding guile guise gunman gunmen gunning gunrunning gunwale guru guyana hacienda haifa haiku hailing
    hairier haiti haitian hake hale halve handier handing hanger hangman hangmen hanna hansen hare hate hating
    haze heidi heineken helena helene hence henna henri here heritage hesitate hesitating houdini house huge
    hula human humane humanitarian humanize hume humiliate humiliating hungarian hunting jingle jingling jinni
    jinxing jude judicature julia julian juliana julianne julie julienne june junta jute kahuna kale kali
    kamikaze kane kannada kaolin karaoke karen kari karina kate katie kaye kazan keen keenan keener kenning
    kenya kenyan keying kuwaiti lace lacuna lade lading lake lama lame lamenting laminate laminating laming lana
    lancashire lance landing lane language lanka lase late latina latitude laying laze lazier lean leaner leanne
    lebanese leer legalese legalize legate legume leila leisure lemonade lena lenin liaise lice licence license
    lichen liege lien ligature like likelier liken likening lila lima lime liming limiting limo limousine lina
    linda line lineman linemen linen liner linger lining linkage lire lisa lite litigate litigating liza longer
    longtime louse lubing luce lucian lucien luke lula luna lunge lupin lupine lure lute mace machete machine
    machining madame made madeleine madeline magazine magenta maharishi mailing maiming maine maize make malaise
    male mali malibu malice mama manage mancini mandate mandating mandela mane manga manganese mange manger
    mangle mangling mani manicure manila manipulate manipulating manlier manna manning manse manure maori mare
    mari marian marianne marihuana marina marinade marinate marinating marine marisa maritime mate mating mature
    maxima maximilian maximise maximize maxine maxing maya mayan maze mean meaner meantime mechanize median
    medicare medicate medicating medici medicine medina meditate meditating medusa megan meier mekong melange
    melanie melanin melinda meme memo memoranda memorize menace menage mending menu mere meridian meriting mesa
    meta metabolize metadata mete meting mexican mica mice michele michelin michigan mien mike milan mile
    militarize militate mime mimi miming mimosa mince mindanao minding mine miner mingle mingling mini minima
    minimise minimize mining minnie minting minute minuteman minutemen miranda mire misuse mite mitigate
    mitigating mixing moan mobile mobilise mobilize mocha mode modeling modulate modulating module mogadishu
    mole molecule molina mona monetize monica monique moping moran more mote motile mouse mucilage mule muse
    musicale musician mutate mutating mute mutilate mutilating mutineer muting nadine nailing name namesake
    naming naomi napa napier nasa natalia natalie natasha nate nature nazi nebula negate negating nepalese
    nepali netanyahu nice niche niece nigerian nike nile nina nine nineteen nite nixing nuance nubile nude nuke
    outage outing pace pagan page paige paine paining palace palate pale paleface paling palisade pamela panache
    panama pancake panda pane paneling pannier panning pantie panting papa papaya pare parentage parenting
    parisian pasadena pasha pate patience patina paying penance pence penciling pending penning pica picante
    picayune piece pier pierce pierre pike pilate pile piling pinafore pine pining pinkeye pinnate pinning
    piping pique piranha pisa pita pixie poke polarize pole police policeman policemen policewoman policewomen
    poling polite politician politicize pomade pomona pone populace popularize populate populating pore pose
    positing pouting puke pulverize puma pumice pupa pure puritan quanta queen queer querying quran range ranger
    ranting rebalance rebate rebinding rebuke recanting recapitulate recapitulating recede receding recite
    reciting recouping rededicate reduce refuge refuse refute refuting regaining regale regalia regaling
    regularize regulate regulating rehabilitate rehabilitating relate relating relaxing relaying relegate
    relegating reliance remade remaining remake remanding reminding remodeling remote rename renaming rending
    rene renegade renege renting repaying repentance repenting repo repose repute reran reroute rerouting rerun
    rerunning resale resenting reshaping reside residing resilience resume resuming retailing retaining retake
    retaken retaliate retaliating reticence retina retinue retire rice ride ridicule ridiculing riding riga rile
    riling rime ripen rise risen rita rite rouge rouhani rouse route routine routing ruben rubin rude ruining
    rule ruling ruminate ruminating rune running runtime ruse rutabaga sabine sabotage sade sadie safari saga
    sagan sage sailing sake salami sale salience saline salute saluting salve salver samaritan same samoan sana
    sanding sane saner sanger sanguine sanitize santa santana sari sarong sasha sashaying satan sate sateen
    sating satire satirize saying sean secede seceding secure sedan sedate sedating seduce seen seer sega selena
    semen semi seminarian senate sending seneca senile senna sense sensitize sentience sequence sere serena
    serenade serenading serene sesame sewage sexier sexing shade shadier shading shake shaken shale shaman shame
    shaming shane shaping share shareware shebang sheen sheer shelve shenanigan sheridan shine shinier shining
    shire shouting shunning shunting sicilian side sideline sidelining sidelong siding silage silica silicate
    silvan silver silverware simian simile simone simulate simulating sinai sine sinecure sire siren site siting
    situ size souse subaru sudan sudanese suicide suite suiting sumo sunken sunni sunnier sunning sunrise
    sunshine suntan supine sure susan susanna sushi suture suzanne tabu tabulate tabulating tailing taiwanese
    take taken tale taliban tamale tame taming tangerine tangle tangling tannin tanning tantalize tanya taping
    tarantula tare tasha tate taxi taxing teen telugu tenure terence teresa teri tide tidier tier tike tile
    tiling time timeline timepiece timeshare timing tina tine tingle tingling tinier tipi tire titan toucan
    toulouse touting tuba tubing tulane tuna tune tuner tuning tunisian tunneling tureen tutelage tutu wade wadi
    wading wage wailing waite waiting wake waken wakening wale waling wanda wane wangle waning wanna wanting
    wapiti ware warehouse waxing wending woke woken wolverine woman women wore yale yamaha yemen yemeni yeti
    yule yuletide yuma yuri zaire zane zebu zeke zeta zulu
    """.split()  # noqa: SIM905 - read as a text
)
"""Never a name by itself, whatever its case: *change*, *women*, *American*."""

MONOSYLLABLES = frozenset(
    """
    an ban bang bin ca can chi die ding dun duo fa fan fang fen gang gen gong gun ha hang he hen ken la lei lie
    long ma man me men mi min mo pa pan pang pie pin ping ran rang re run sang she shun song sun tan tang ti tie
    ting tong tun wan ye you zen
    """.split()  # noqa: SIM905 - read as a text
)
"""Part of a name only beside a longer part (*He Lifeng*), or where both are capitalised."""
