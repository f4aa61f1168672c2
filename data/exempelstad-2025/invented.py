"""Which words is Exempelstad made of? Every name and text here is invented.

Read by ``generate.py``. A network's line: short name, name on the page, what it is about in
Swedish and in English, the department or company whose field it is.
"""

__all__ = [
    "COMMENTS",
    "COMPANIES",
    "DEPARTMENTS",
    "FORMS",
    "GOALS",
    "LESSONS",
    "NETWORKS",
    "SAID",
    "USES",
]

DEPARTMENTS = {
    "city-office": ("Stadsledningskontoret", "City Executive Office"),
    "city-planning": ("Stadsbyggnadskontoret", "City Planning Administration"),
    "traffic": ("Trafikkontoret", "Traffic Administration"),
    "environment": ("Miljöförvaltningen", "Environment Administration"),
    "property": ("Fastighetskontoret", "Property Administration"),
    "development": ("Exploateringskontoret", "Land Development Administration"),
    "education": ("Utbildningsförvaltningen", "Education Administration"),
    "preschools": ("Förskoleförvaltningen", "Preschool Administration"),
    "labour-market": ("Arbetsmarknadsförvaltningen", "Labour Market Administration"),
    "social-services": ("Socialförvaltningen", "Social Services Administration"),
    "elderly-care": ("Äldreförvaltningen", "Elderly Care Administration"),
    "culture": ("Kulturförvaltningen", "Culture Administration"),
    "sports": ("Idrottsförvaltningen", "Sports Administration"),
    "rescue": ("Räddningsförvaltningen", "Rescue Services Administration"),
}
COMPANIES = {
    "energy-company": ("Exempelstads energibolag", "Exempelstad Energy Company"),
    "port-company": ("Exempelstads hamnbolag", "Exempelstad Port Company"),
    "housing-company": ("Exempelstads bostadsbolag", "Exempelstad Housing Company"),
}
FORMS = (  # what a network calls itself, in Swedish and in English
    ("Exempelnätverket för", "The Example Network for"),
    ("Exempelförbundet för", "The Example Association for"),
    ("Exempelrådet för", "The Example Council for"),
    ("Exempelforumet för", "The Example Forum for"),
)
NETWORKS = """
storstad|Storstad|större städer i Europa|the larger cities of Europe|city-office
hamnstader|Hamnstäder|städer vid havet|cities by the sea|city-office
grannstader|Grannstäder|städer i grannländerna|cities of the neighbouring countries|city-office
varldsstader|Världsstäder|städer i hela världen|cities all over the world|city-office
mobilitet|Mobilitet|hållbar mobilitet|sustainable mobility|traffic
cykel|Cykel|cykling i städer|cycling in cities|traffic
kollektivtrafik|Kollektivtrafik|kollektivtrafik|public transport|traffic
trafiksakerhet|Trafiksäkerhet|säkra gator|safe streets|traffic
parkering|Parkering|parkering och kantsten|parking and the kerb|traffic
varutransport|Varutransport|varutransporter i staden|freight in the city|traffic
vintervag|Vinterväg|vinterväghållning|winter road maintenance|traffic
klimat|Klimat|klimatneutrala städer|climate-neutral cities|environment
luft|Luft|ren luft|clean air|environment
buller|Buller|en tystare stad|a quieter city|environment
vatten|Vatten|rena sjöar och vattendrag|clean lakes and streams|environment
avfall|Avfall|avfall som resurs|waste as a resource|environment
artrikedom|Artrikedom|biologisk mångfald i staden|urban biodiversity|environment
klimatanpassning|Klimatanpassning|ett varmare klimat|a warmer climate|environment
livsmedel|Livsmedel|hållbara livsmedel|sustainable food|environment
kemikalier|Kemikalier|en giftfri vardag|an everyday life free of toxins|environment
stadsbyggnad|Stadsbyggnad|stadsplanering|urban planning|city-planning
arkitektur|Arkitektur|arkitektur och gestaltning|architecture and design|city-planning
karttjanster|Karttjänster|kartor och geodata|maps and geodata|city-planning
medborgardialog|Medborgardialog|dialog i planeringen|dialogue in planning|city-planning
historisk-karna|Historisk kärna|städer med historisk kärna|cities with a historic core|city-planning
hoghus|Höghus|höga hus i täta städer|tall buildings in dense cities|city-planning
energihus|Energihus|energisnåla byggnader|energy-efficient buildings|property
lokaler|Lokaler|offentliga lokaler|public premises|property
saluhallar|Saluhallar|saluhallar och torg|market halls and squares|property
kyrkogardar|Kyrkogårdar|kulturhistoriska begravningsplatser|historic cemeteries|property
markanvisning|Markanvisning|mark och exploatering|land and development|development
tillganglighet|Tillgänglighet|en tillgänglig stad|an accessible city|development
parker|Parker|parker och grönska|parks and greenery|development
kajer|Kajer|stadsnära kajer och stränder|urban quays and shores|development
skola|Skola|likvärdig skola|equal schooling|education
larande|Lärande|lärande städer|learning cities|education
yrkesutbildning|Yrkesutbildning|yrkesutbildning|vocational training|education
modersmal|Modersmål|flerspråkiga elever|multilingual pupils|education
skolmat|Skolmat|måltider i skolan|school meals|education
forskola|Förskola|förskolans pedagogik|preschool teaching|preschools
barnsratt|Barns rätt|barns rättigheter|the rights of the child|preschools
lekplatser|Lekplatser|lek i staden|play in the city|preschools
arbete|Arbete|arbete och integration|work and integration|labour-market
nyanlanda|Nyanlända|mottagande av nyanlända|receiving newcomers|labour-market
ungdomsjobb|Ungdomsjobb|unga på väg till arbete|young people on their way to work|labour-market
vuxenutbildning|Vuxenutbildning|vuxnas lärande|adult learning|labour-market
socialt-foretag|Socialt företag|socialt företagande|social enterprise|labour-market
social-omsorg|Social omsorg|sociala frågor|social affairs|social-services
hemloshet|Hemlöshet|arbete mot hemlöshet|work against homelessness|social-services
missbruk|Missbruk|vård vid beroende|treatment of addiction|social-services
jamstalldhet|Jämställdhet|jämställdhet|gender equality|social-services
valdsprevention|Våldsprevention|förebyggande av våld|prevention of violence|social-services
manskliga-rattigheter|Mänskliga rättigheter|mänskliga rättigheter|human rights|social-services
halsostad|Hälsostad|folkhälsa i städer|public health in cities|social-services
aldrevanlig|Äldrevänlig|äldrevänliga städer|age-friendly cities|elderly-care
demens|Demens|demensvänliga miljöer|dementia-friendly places|elderly-care
valfardsteknik|Välfärdsteknik|teknik i omsorgen|technology in care|elderly-care
kultur|Kultur|kultur i städer|culture in cities|culture
bibliotek|Bibliotek|stadsbibliotek|city libraries|culture
museer|Museer|stadsmuseer|city museums|culture
musik|Musik|musikstäder|cities of music|culture
litteratur|Litteratur|litteraturens städer|cities of literature|culture
scenkonst|Scenkonst|scenkonst för unga|performing arts for the young|culture
fristad|Fristad|fristäder för konstnärer|havens for artists|culture
arkiv|Arkiv|stadsarkiv|city archives|culture
idrott|Idrott|idrott för alla|sport for all|sports
evenemang|Evenemang|idrottsevenemang|sports events|sports
bad|Bad|simhallar och bad|swimming pools and baths|sports
friluftsliv|Friluftsliv|stadsnära friluftsliv|outdoor life near the city|sports
raddning|Räddning|räddningstjänst|rescue services|rescue
kris|Kris|krisberedskap|preparedness for crises|rescue
brandskydd|Brandskydd|brandskydd i hemmet|fire safety at home|rescue
fjarrvarme|Fjärrvärme|fjärrvärme och kyla|district heating and cooling|energy-company
elnat|Elnät|lokala elnät|local power grids|energy-company
vatgas|Vätgas|vätgas i städer|hydrogen in cities|energy-company
hamnar|Hamnar|hamnar och sjöfart|ports and shipping|port-company
kryssning|Kryssning|kryssningshamnar|cruise ports|port-company
allmannytta|Allmännytta|allmännyttiga bostäder|public housing|housing-company
bostadsmiljo|Bostadsmiljö|trygga bostadsområden|safe housing areas|housing-company
hyresboende|Hyresboende|boende i hyresrätt|tenants and renting|housing-company
"""
GOALS = (  # short name, kind, in Swedish and in English
    ("strategy", "strategy", "Exempelstads internationella strategi 2023–2030",
     "Exempelstad’s international strategy 2023–2030"),
    ("positioning", "main_point", "Exempelstad ska vara känd för det den gör bra",
     "Exempelstad is to be known for what it does well"),
    ("operational_development", "main_point", "Verksamheterna ska lära av andra städer",
     "The departments are to learn from other cities"),
    ("monitoring", "main_point", "Exempelstad ska tidigt veta vad som är på väg",
     "Exempelstad is to know early what is coming"),
    ("influence", "main_point", "Exempelstad ska påverka beslut som rör staden",
     "Exempelstad is to sway decisions that concern it"),
    ("climate-neutral", "objective", "En klimatneutral stad 2035",
     "A climate-neutral city by 2035"),
    ("equal-city", "objective", "En stad som håller samman", "A city that holds together"),
    ("living-city", "objective", "En levande stad för alla åldrar",
     "A lively city for all ages"),
    ("safe-city", "objective", "En trygg och beredd stad", "A safe and prepared city"),
    ("fewer-better", "guideline", "Färre engagemang, med tydligare nytta",
     "Fewer engagements, of clearer benefit"),
)  # fmt: skip
SAID = {  # criterion: what is said where it is low (0–1), in the middle (1–3) and high (3–4)
    "positioning": (
        ("Staden syns bara i medlemsförteckningen.",
         "The city appears in the list of members only."),
        ("Staden har visat sitt arbete vid något möte under de senaste två åren.",
         "The city has shown its work at a meeting or two in the last two years."),
        ("Stadens exempel lyfts fram varje år, och andra städer kommer på studiebesök.",
         "The city’s examples are put forward every year, and other cities come to study them."),
    ),
    "operational_development": (
        ("Ingen verksamhet kan peka på något som har ändrats.",
         "No department can point to anything that has changed."),
        ("En verksamhet har prövat en metod från en annan medlemsstad.",
         "One department has tried a method from another member city."),
        ("Flera verksamheter har infört arbetssätt som de har hämtat här.",
         "Several departments have adopted ways of working that they found here."),
    ),
    "monitoring": (
        ("Nyhetsbrevet innehåller det som redan finns öppet.",
         "The newsletter holds what is openly available already."),
        ("Utskicken om utlysningar används i ett eller två sakområden.",
         "The notices of calls are used in a field or two."),
        ("Staden får veta om kommande förslag ett halvår före remissen.",
         "The city hears of coming proposals half a year before they are sent out for comment."),
    ),
    "influence": (
        ("Nätverket för inga samtal med beslutsfattare.",
         "The network has no dialogue with decision-makers."),
        ("Stadens synpunkt finns med i ett gemensamt yttrande.",
         "The city’s view is part of a joint statement."),
        ("Stadens ändringsförslag gick igenom i två ärenden.",
         "The city’s amendments were accepted in two matters."),
    ),
    "hard_to_replace": (
        ("Samma städer möts i andra nätverk där staden är med.",
         "The same cities meet in other networks that the city belongs to."),
        ("En del av kontakterna finns på annat håll, men inte projekten.",
         "Some of the contacts are to be had elsewhere, but not the projects."),
        ("Inget annat nätverk samlar dessa städer i frågan.",
         "No other network brings these cities together on the matter."),
    ),
    "governance": (
        ("Beslut fattas av en krets som medlemmarna inte har valt.",
         "Decisions are taken by a circle that the members have not elected."),
        ("Stadgarna följs, men årsmötet avgör sällan något av vikt.",
         "The statutes are kept, but the annual meeting seldom decides anything of weight."),
        ("Medlemmarna röstar om arbetsplanen, och redovisningen är öppen.",
         "The members vote on the work plan, and the accounts are open."),
    ),
    "political_priority": (
        ("Ingen förtroendevald har deltagit sedan 2019.",
         "No elected representative has taken part since 2019."),
        ("En förtroendevald har uppdrag men har deltagit vid vartannat möte.",
         "An elected representative holds an office but has attended every other meeting."),
        ("Ett borgarråd deltar varje år och rapporterar till nämnden.",
         "A commissioner takes part every year and reports to the committee."),
    ),
    "bearable_effort": (
        ("Resorna och mötena tränger undan annat arbete.",
         "The journeys and meetings crowd out other work."),
        ("Tre möten om året och en avgift som ryms i budgeten.",
         "Three meetings a year and a fee that the budget has room for."),
        ("Nästan alla möten är digitala.", "Almost all meetings are held online."),
    ),
    "strategic_fit": (
        ("Nätverkets tyngdpunkt ligger utanför stadens mål.",
         "The network’s centre of gravity lies outside the city’s goals."),
        ("Arbetsplanen rör ett av stadens mål, men inte som huvudsak.",
         "The work plan touches one of the city’s goals, but not as its main concern."),
        ("Arbetsplanen sammanfaller med ett av stadens främsta mål.",
         "The work plan coincides with one of the city’s foremost goals."),
    ),
}  # fmt: skip
LESSONS = (
    ("Mall för upphandling från en annan medlemsstad.",
     "A template for procurement from another member city."),
    ("Studiebesök om arbetssätt vid dialog med boende.",
     "A study visit on ways of holding a dialogue with residents."),
    ("Jämförelsetal från tolv städer.", "Comparative figures from twelve cities."),
    ("Kontakt med två städer inför en gemensam ansökan.",
     "Contact with two cities for a joint application."),
    ("Underlag om kommande krav från EU.", "Material on coming demands from the EU."),
    ("Utbildning för sex medarbetare.", "Training for six members of staff."),
)  # fmt: skip
USES = (
    ("Använd i den nya upphandlingen 2024.", "Used in the new procurement of 2024."),
    ("Låg till grund för nämndens yttrande.", "Formed the basis of the committee’s statement."),
    ("Prövas i ett stadsområde.", "Being tried in one part of the city."),
    ("Ledde till en ansökan som beviljades.", "Led to an application that was granted."),
)
COMMENTS = (
    ("Vi har bara deltagit digitalt.", "We have taken part online only."),
    ("Gäller arbetsgruppen, inte nätverket i stort.",
     "Applies to the working group, not to the network at large."),
    ("Bedömningen bygger på de senaste två åren.",
     "The judgement rests on the last two years."),
    ("Svårt att skilja från vårt övriga samarbete.",
     "Hard to tell from our other cooperation."),
    ("Nyttan är större än den syns utåt.", "The benefit is greater than what shows outside."),
)  # fmt: skip
