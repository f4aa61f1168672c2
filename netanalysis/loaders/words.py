"""Which words say what kind of place or body a name is, in the languages of the lists?

All are folded: small letters without accents and signs. Cases of one city have no place here;
they belong in the data, among the aliases and the names in Swedish and English.
"""

import re

__all__ = ["AFTER", "BEFORE", "BODIES", "LONGER", "PASSING", "PHRASES", "SHORTENED"]


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


# before the name of a city
BEFORE = _phrases(
    """
    the, city of, town of, village of, borough of, municipality of, commune of, capital city of,
    state capital of, metropolitan municipality of, local government of, government of,
    municipal council of, city council of, town council of, corporation of, city and county of,
    city county of, metropolitan government of, ville de, ville du, ville des, ville d, commune
    de, commune du, commune des, commune d, commune, mairie de, mairie du, mairie d,
    municipalite de, cite de, stadt, landeshauptstadt, bundeshauptstadt, hauptstadt,
    bundesstadt, hansestadt, kreisstadt, universitatsstadt, wissenschaftsstadt, klingenstadt,
    documenta stadt, freie hansestadt, freie und hansestadt, hanse und universitatsstadt,
    lutherstadt, gemeinde, stadtgemeinde, marktgemeinde, markt, grosse kreisstadt,
    stadtverwaltung, magistrat der stadt, comune di, citta di, municipio di, roma capitale di,
    excmo, excelentisimo, ilustre, ayuntamiento de, ayuntamiento del, ayuntamiento, ayto de,
    ayto, municipio de, municipio del, municipio, municipalidad de, municipalidad del,
    municipalidad provincial de, municipalidad distrital de, municipalidad metropolitana de,
    alcaldia de, alcaldia mayor de, alcaldia municipal de, ciudad de, intendencia de, gobierno
    municipal de, distrito metropolitano de, gobierno autonomo municipal de, gobierno autonomo
    descentralizado municipal de, honorable, ciudad autonoma de, concello de, concello da,
    concello do, ajuntament de, ajuntament d, ajuntament del, prefeitura de, prefeitura do,
    prefeitura da, prefeitura municipal de, prefeitura municipal do, prefeitura municipal da,
    camara municipal de, camara municipal do, camara municipal da, municipio do, municipio da,
    municipio dos, municipio das, cidade de, cidade do, cidade da, gemeente, stad, ville,
    kommune, kommun, staden, staden av, city, gmina, gmina miasto, gmina miejska, miasto, miasto
    stoleczne, m st, miasto na prawach powiatu, hlavni mesto, hlavne mesto, hlavne mesto sr,
    statutarni mesto, mesto, obec, mestys, mestna obcina, obcina, opcina, opstina, grad,
    bashkia, municipiul, primaria, primaria municipiului, orasul, primaria orasului, obshtina,
    stolichna obshtina, municipality, г, город, город герой, г о, городскои округ, місто, град,
    општина, община, столична община, δημος, بلدية, مدينة, أمانة
    """  # noqa: RUF001
)
# and after it
AFTER = _phrases(
    """
    city, city council, council, city hall, city government, municipality, town, municipal
    council, municipal corporation, city corporation, municipal government, town council,
    borough council, metropolitan municipality, metropolitan government, metropolitan city,
    special city, capital city, capital city government, special administrative region, sar, d
    c, d f, cbd, metropolitan municipal council, city municipality, kommun, kommune, kommunes,
    kaupunki, kunta, stad, stads kommun, kommunen, bykommune, by, municipio, belediyesi,
    buyuksehir belediyesi, fovaros, fovaros onkormanyzata, onkormanyzata, varos onkormanyzata,
    city administration, metropolitan assembly, municipal assembly, metropolitan administration,
    capitale, thromde, megyei jogu varos, linn, linnavalitsus, miestas, savivaldybe, miesto
    savivaldybe, miesto savivaldybes administracija, dome, pilseta, pilsetas dome
    """
)
# beside the name, in brackets or after a comma, without telling where it lies
PASSING = re.compile(
    r"^[a-z]|\d{4}|^(?i:city|town|stad|stadt|kommun|kommune|gemeente|municipality|comune|ville"
    r"|member|full member|associate member|observer|capital)$"
)
SHORTENED = {
    "st": ("saint", "sankt", "sint"),
    "ste": ("sainte",),
    "ft": ("fort",),
    "mt": ("mount",),
}
PHRASES = {
    "a d": "an der", "i d": "in der", "o d": "ob der", "v d": "vor der",
    "a m": "am main", "a rh": "am rhein", "i br": "im breisgau",
}  # fmt: skip
LONGER = {long: short for short, longer in SHORTENED.items() for long in longer}


def _words(text: str) -> str:
    return rf"\b({'|'.join(_phrases(text))})\b"


# what a body calls itself that is more, or less, than a city; the first that fits tells
BODIES = {
    "intercommunal": re.compile(
        _words(
            """
            metropole, eurometropole, metropolitan area, metropolitan region, metropolitan
            community, metropolitan council, metropolitan county, metropolitan authority,
            metropolitan district, metropolitan city, metropolitan regional, metropolregion,
            metropoolregio, stadsregio, stadtregion, citta metropolitana, area metropolitana,
            zona metropolitana, city region, regiao metropolitana, region metropolitana,
            combined authority, communaute, agglomeration, agglo, association of municipalities,
            union of municipalities, unione comuni, unione dei comuni, unione di comuni,
            comunita montana, kommunalforbund, kommunforbundet, kommunforbund, regionalverband,
            zweckverband, mancomunidad, mancomunitat, consorzio, consorcio, consorci,
            intermunicipal, intercommunale, seutukunta, metropolia
            """
        )
        + r"|^(greater|grand|gran|groot|gross) |^stor(stockholm|goteborg|malmo)\b"
    ),
    "association": re.compile(
        _words(
            """
            association, association of, union of, league of, federation of, conference of,
            verein, forbund, verband, university, universitet, universiteit, universitat,
            universite, universidad, universidade, universita, yliopisto, politecnico,
            polytechnic, hochschule, institute, chamber of commerce, port authority, authority,
            gmbh, ltd, limited, foundation, stiftung, fundacion, fondazione, stadtetag, agency,
            hogeschool, network
            """
        )
        + r"|^(port|puerto|porto|port autonome|hafen|autoridad portuaria|havn) (of|de) "
    ),
    "district": re.compile(
        _words(
            """
            district, arrondissement, kerulet, bezirk, bezirksamt, stadtbezirk, stadsdel, bydel,
            borough, mestska cast, dzielnica, sector, sectorul, ward, subcity, localidad,
            alcaldia local
            """
        )
    ),
    "region": re.compile(
        _words(
            """
            region, regions, regione, regio, regional, regiao, regiunea, county, counties,
            province, provincie, provincia, provinz, provincial, voivodeship, wojewodztwo, lan,
            landsting, lansstyrelsen, fylke, fylkeskommune, maakunta, maakuntaliitto, liitto,
            oblast, okrug, krai, kraj, zupanija, judetul, judet, canton, kanton, cantone,
            landkreis, kreis, departement, departamento, conseil general, conseil departemental,
            conseil regional, diputacion, diputacio, generalitat, cabildo, consell, comarca,
            comarcal, comunidad, comunitat, community of, prefecture, gewest, state government,
            state of, estado de, estado do, estado da, bundesland, land, governo do estado,
            gobierno del estado, freistaat, junta de, principado, governorate, emirate of,
            shire, department of, apskritis, powiat, gobierno de, область, край, район,
            республика, περιφερεια
            """
        )
        + r"|\b\w{3,}(regionen|regionens|kreis|fylke)\b|(^| )(state|estado|etat)$"
        r"|[\u3400-\u9fff]{2}[省県縣]$"
    ),
}
