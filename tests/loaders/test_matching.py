"""Names as the lists of networks write them, beside the places that the repository carries."""

import pytest

from netanalysis import DataError
from netanalysis.loaders.members.countries import Areas, names_of_countries
from netanalysis.loaders.members.gazetteer import load_places
from netanalysis.loaders.members.matching import find_city, meant_by
from netanalysis.loaders.members.spellings import entity_kind
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def places():
    return load_places(ROOT / "data" / "places")


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("City of Gothenburg", "Sweden", 2711537),
        ("GOTHENBURG - SWEDEN", "", 2711537),
        ("Gothenburg (Sweden)", "", 2711537),
        ("Goeteborg", "SWE", 2711537),
        ("Göteborgs Stad", "Sverige", 2711537),
        ("Gent / Gand", "BE", 2797656),
        ("Ville de Bruxelles - Stad Brussel", "Belgium", 2800866),
        ("Région de Bruxelles-Capitale", "Belgique", None),
        ("Brussel (Hoofdstedelijk Gewest)", "BE", None),
        ("Koeln", "Deutschland", 2886242),
        ("Landeshauptstadt München", "Deutschland", 2867714),
        ("Freie und Hansestadt Hamburg", "Germany", 2911298),
        ("Frankfurt/Main", "Germany", 2925533),
        ("Frankfurt (Oder)", "Germany", 2925535),
        ("Münster (Westf.)", "Germany", None),
        ("Landkreis Goslar", "Germany", None),
        ("Verband Region Stuttgart", "Germany", None),
        ("Kanton Zürich", "Switzerland", None),
        ("Paris, Ile-de-France, France", "", 2988507),
        ("Métropole du Grand Paris", "France", None),
        ("Grand Lyon", "France", None),
        ("Ville du Mans", "France", 3003603),
        ("St-Étienne", "France", 2980291),
        ("Comune di Milano", "Italia", 3173435),
        ("Città metropolitana di Torino", "Italia", None),
        ("Province of Barcelona", "Spain", None),
        ("Metropolitan Area of Barcelona", "Spain", None),
        ("Donostia / San Sebastián", "España", 3110044),
        ("Câmara Municipal de Lisboa", "Portugal", 2267057),
        ("Gemeente Den Haag", "Nederland", 2747373),
        ("Københavns Kommune", "Danmark", 2618425),
        ("12. Oslo", "Norway", 3143244),
        ("Oslo*", "Norway", 3143244),
        ("Oslo¹", "Norway", 3143244),
        ("Oslo 1)", "Norway", 3143244),
        ("Oslo [1]", "Norway", 3143244),
        ("Västra Götalandsregionen", "Sverige", None),
        ("Region Skåne", "Sverige", None),
        ("Tampereen kaupunki", "Finland", 634963),
        ("Turku / Åbo", "Finland", 633679),
        ("Kymenlaakso", "Finland", None),
        ("Miasto stołeczne Warszawa", "Polska", 756135),
        ("Hlavní město Praha", "Česko", 3067696),
        ("Budapest Főváros Önkormányzata", "Hungary", 3054643),
        ("Αθήνα", "Ελλάδα", 264371),
        ("город Москва", "Россия", 524901),
        ("St. Petersburg", "Russia", 498817),
        ("İstanbul Büyükşehir Belediyesi", "Türkiye", 745044),
        ("Greater Manchester", "UK", None),
        ("Manchester City Council", "UK", 2643123),
        ("Birmingham, AL", "USA", 4049979),
        ("Birmingham, Alabama", "United States", 4049979),
        ("London, Ontario, Canada", "", 6058560),
        ("London, ON", "Canada", 6058560),
        ("Portland, ME", "USA", 4975802),
        ("Springfield", "USA", None),
        ("Miami-Dade County", "USA", None),
        ("City and County of Denver", "USA", 5419384),
        ("Metro Vancouver", "Canada", None),
        ("Estado de São Paulo", "Brasil", None),
        ("Rio de Janeiro (Estado)", "Brasil", None),
        ("Province of Buenos Aires", "Argentina", None),
        ("Bogota, D.C.", "Colombia", 3688689),
        ("La Paz", "Bolivia (Plurinational State of)", 3911925),
        ("Pretoria - Tshwane", "South Africa", 964137),
        ("Windhoek", "NA", 3352136),
        ("Kinshasa", "Congo, Democratic Republic of the", 2314302),
        ("Seoul Metropolitan Government", "Korea, Republic of", 1835848),
        ("서울", "대한민국", 1835848),
        ("Busan Metropolitan City", "Republic of Korea", 1838524),
        ("Hanoi", "Viet Nam", 1581130),
        ("Hong Kong", "China", 1819729),
        ("Hong Kong, China", "", 1819729),
        ("北京市", "中国", 1816670),
        ("Hiroshima Prefecture", "Japan", None),
        ("Damascus", "Syrian Arab Republic", 170654),
        ("Melbourne, VIC, Australia", "", 2158177),
        ("State of Victoria", "Australia", None),
        ("Chişinău", "Moldova, Republic of", 618426),
        ("Pristina", "Kosovo*", 786714),
        ("Stockholm University", "Sweden", None),
        ("Port of Rotterdam", "Netherlands", None),
        ("Association of Finnish Cities", "Finland", None),
        ("Zielona  Góra", "PL", 3080165),
        ("Torino, Italy (associate member)", "", 3165524),
        ("Almada - PT", "", 2271961),
        ("(PT) Almada", "", 2271961),
        ("Lund - Malmö", "Sweden", None),
        ("Malmö/Copenhagen", "", None),
        ("Barcelona (Venezuela)", "", 3648559),
        ("Kööpenhamina", "Tanska", 2618425),
        ("Στοκχόλμη", "Σουηδία", 2673730),
        ("斯德哥尔摩", "瑞典", 2673730),
        ("Naples", "", 3172394),
        ("Mariehamn", "Finland", 3041732),
        ("Honolulu", "Hawaii, USA", 5856195),
        ("Curitiba - PR", "Brasil", 3464975),
        ("Ontario, CA", "USA", 5379439),
        ("Ontario", "Canada", None),
        ("Rosario, Santa Fe, Argentina", "", 3838583),
        ("Tripoli", "Libya", 2210247),
        ("Kathmandu Metropolitan City", "Nepal", 1283240),
        ("Nairobi City County", "Kenya", None),
        ("K&ouml;ln", "Germany", 2886242),
        ("Luxemburgo", "", 2960316),
        ("Cochabamba (Bolivia (Plurinational State of))", "", 3919968),
        ("Bandar Abbas (Iran (Islamic Republic of))", "", 141681),
        ("Saint-Denis (La Réunion)", "France", 935264),
        ("Saint-Denis", "France", 2980916),
        ("St.-Truiden", "Belgium", 2786545),
        ("Limburg a. d. Lahn", "Deutschland", 2877648),
        ("Frankfurt a. M.", "Deutschland", 2925533),
        ("Freiburg i.Br.", "Deutschland", 2925177),
        ("Hamburg (Freie und Hansestadt)", "Deutschland", 2911298),
        ("Roma Capitale", "Italia", 3169070),
        ("Addis Ababa City Administration", "Ethiopia", 344979),
        ("Accra Metropolitan Assembly", "Ghana", 2306104),
        ("Groningen (province)", "Netherlands", None),
        ("Bern (canton)", "", None),
        ("Madeira", "", None),  # once a name of Tabira in Brazil
        ("Tenerife", "Spain", None),  # of its capital too
        ("Santa Cruz de Tenerife", "Spain", 2511174),
        ("Jalisco", "Mexico", None),  # of Xalisco, in another state
    ],
)
def test_a_name_as_written_means_one_place_or_none(places, name, country, place):
    assert meant_by(name, places, places.areas.country(country)).place == place


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Halle", "DE"),  # one of its own name, a larger one by another
        ("Colonia", ""),  # a suburb in New Jersey, or Cologne
        ("Odessa", ""),  # in Texas, or in Ukraine
        ("Halifax", ""),
        ("Victoria", ""),  # a state too
        ("Ontario", ""),
        ("Jamaica", ""),  # a country too
        ("Pernambuco", "BR"),  # an old name of Recife, in that state
        ("Kosovo", ""),
        ("...", "SE"),
        ("", ""),
        ("Lund - Malmö", "SE"),
        ("Freiburg (Elbe)", "DE"),  # a smaller one, which is not known
        ("Oslo, Bergen, Trondheim, Tromsø", "NO"),
    ],
)
def test_what_can_be_meant_otherwise_stays_open(places, name, country):
    assert meant_by(name, places, country).place is None


@pytest.mark.parametrize(
    ("state", "place"),
    [("OR", 5746545), ("Maine", 4975802), ("Nevada", None), ("Nowhere", None)],
)
def test_a_column_of_states_tells_namesakes_apart(places, state, place):
    assert meant_by("Portland", places, "US", state).place == place


def test_an_alias_holds_for_all_forms_but_not_for_another_state(places):
    aliases = {("portland", "US"): 5746545}
    assert meant_by("City of Portland, USA", places, aliases=aliases).how == "alias"
    assert meant_by("Portland, ME", places, "US", aliases=aliases).place == 4975802


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sverige", "SE"), ("Schweden", "SE"), ("Suède", "SE"), ("Ruotsi", "SE"), ("瑞典", "SE"),
        ("SWE", "SE"), ("NA", "NA"), ("Namibia", "NA"), ("UK", "GB"), ("Scotland", "GB"),
        ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Türkiye", "TR"), ("Turkey", "TR"),
        ("Korea, Republic of", "KR"), ("Korea (Republic of)", "KR"), ("Hong Kong", "HK"),
        ("Tanzania, United Republic of", "TZ"), ("Kosovo*", "XK"), ("FYROM", "MK"),
        ("Hawaii, USA", "US"), ("Germany/Austria", ""), ("Europe", ""), ("", ""),
        ("Congo, The Democratic Republic of the", "CD"), ("Congo, Dem. Rep.", "CD"),
        ("The Democratic Republic of the Congo", "CD"), ("Congo, Rep.", "CG"),
        ("Korea, Dem. People's Rep.", "KP"), ("Korea, Rep.", "KR"), ("Republic of China", "TW"),
        ("Bosnia and Herzegovina", "BA"), ("Bosnia & Herzegovina", "BA"),
        ("Antigua and Barbuda", "AG"), ("The Philippines", "PH"), ("EE. UU.", "US"),
        ("U.K.", "GB"), ("República Checa", "CZ"), ("Elfenbeinküste", "CI"), ("香港", "HK"),
    ],
)  # fmt: skip
def test_countries_are_known_by_many_names(places, text, code):
    assert places.areas.country(text) == code


def test_small_letters_are_no_code():
    areas = Areas(names_of_countries())
    assert areas.meant("IT") == [("IT", "")]
    assert areas.meant("it") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kreis Steinfurt", "region"), ("Provincia di Trento", "region"),
        ("Hiroshima Prefecture", "region"), ("Stockholms län", "region"),
        ("Mairie du 14e arrondissement", "district"), ("London Borough of Camden", "district"),
        ("Union of Cyprus Municipalities", "association"), ("University of Tartu", "association"),
        ("Unione dei Comuni della Bassa Romagna", "intercommunal"), ("Grand Lyon", "intercommunal"),
        ("City and County of Denver", "city"), ("Landskrona stad", "city"), ("Lannion", "city"),
    ],
)  # fmt: skip
def test_bodies_are_told_from_cities(name, kind):
    assert entity_kind(name) == kind


@pytest.mark.parametrize("city", ["9" * 5000, "\u0662\u0666\u0667\u0663\u0667\u0663\u0660"])
def test_what_looks_like_an_id_and_is_none_is_no_city(places, city):
    with pytest.raises(DataError, match="no city"):
        find_city(city, [2673730], places)


def test_a_city_is_found_on_a_machine_that_is_set_to_ascii(places):
    as_handed_on = "Göteborg".encode().decode("ascii", "surrogateescape")
    assert find_city(as_handed_on, [2711537], places) == 2711537
