// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_ORGANISATION_FAMILIES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_ORGANISATION_FAMILIES_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/institutions/detail/university_systems.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/normalise.hpp>

/// Which organisations are one: laboratories and subsidiaries of a company, the names it had, campuses of a university.
///
///     roll_up("Google Brain");                                     // "Alphabet"
///     roll_up("LinkedIn", {.year = 2015});                         // "LinkedIn": bought in 2016
///     roll_up("Prescient Design");                                 // "Roche", by way of Genentech
///     const family_tree families({.own = mine, .campuses = true}); // built once, for many; yours first
///     families("University of California, Berkeley", 2020);        // "University of California System"
///
/// A rolled-up name is a label as any other: a cluster of `fit_log_trend`, a key or category of `tabulate`.
namespace compute_divide::inline v0_2 {

/// An organisation, by one of its names, and what it is part of in some years.
struct organisation_family {
    std::string_view organisation = {};
    std::string_view family = {};                 ///< may be part of another in turn
    int since = std::numeric_limits<int>::min();  ///< first year
    int until = std::numeric_limits<int>::max();  ///< last year

    friend constexpr bool operator==(const organisation_family&, const organisation_family&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<organisation_family>) {
    using row = organisation_family;
    return member_list(member{"organisation", &row::organisation}, member{"family", &row::family},
                       member{"since", &row::since}, member{"until", &row::until});
}

namespace detail::family_rows {

inline constexpr int ever = std::numeric_limits<int>::min();

// Source: the companies' announcements, from general knowledge of the field; names also as Epoch AI's tables (CC
// BY 4.0) write them. A year is that in which a purchase was completed. Renamed companies are one over all years
// (Facebook, Google). Of no family: joint laboratories (MIT-IBM Watson AI Lab), ventures while they have two owners
// (Argo AI from 2020), affiliates without a majority (Ant Group), laboratories that a university operates for a
// government.
// clang-format off
inline constexpr organisation_family rows[] = {
    {"Google", "Alphabet"}, {"Google AI", "Alphabet"}, {"Google AI Brain", "Alphabet"}, {"Google Brain", "Alphabet"},
    {"Google Cloud", "Alphabet"}, {"Google Cloud AI", "Alphabet"}, {"Google Research", "Alphabet"},
    {"Google Zurich", "Alphabet"}, {"Brain Team", "Alphabet"}, {"Waymo", "Alphabet"}, {"Verily", "Alphabet"},
    {"Verily Life Sciences", "Alphabet"}, {"Calico", "Alphabet"}, {"Calico Life Sciences", "Alphabet"},
    {"Isomorphic Labs", "Alphabet"}, {"X, the moonshot factory", "Alphabet"}, {"Google X", "Alphabet"},
    {"Everyday Robots", "Alphabet"}, {"Alphabet Inc", "Alphabet"}, {"DeepMind", "Alphabet", 2014},
    {"Google DeepMind", "Alphabet", 2014}, {"YouTube", "Alphabet", 2006}, {"DNNresearch", "Alphabet", 2013},
    {"Waze", "Alphabet", 2013}, {"Nest", "Alphabet", 2014}, {"API.AI", "Alphabet", 2016}, {"Kaggle", "Alphabet", 2017},
    {"Looker", "Alphabet", 2020}, {"Fitbit", "Alphabet", 2021}, {"Vicarious", "Alphabet", 2022},
    {"Mandiant", "Alphabet", 2022}, {"Boston Dynamics", "Alphabet", 2013, 2017},
    {"Boston Dynamics", "SoftBank", 2018, 2020}, {"Boston Dynamics", "Hyundai", 2021}, {"Facebook", "Meta"},
    {"Facebook AI", "Meta"}, {"Facebook AI Research", "Meta"}, {"FAIR", "Meta"}, {"Fundamental AI Research", "Meta"},
    {"Meta AI", "Meta"}, {"MetaAI", "Meta"}, {"Meta FAIR", "Meta"}, {"Meta Platforms", "Meta"},
    {"Reality Labs", "Meta"}, {"Facebook Reality Labs", "Meta"}, {"Oculus Research", "Meta"},
    {"Instagram", "Meta", 2012}, {"WhatsApp", "Meta", 2014}, {"Oculus", "Meta", 2014}, {"Oculus VR", "Meta", 2014},
    {"Wit.ai", "Meta", 2015}, {"Bloomsbury AI", "Meta", 2018}, {"CTRL-labs", "Meta", 2019}, {"Mapillary", "Meta", 2020},
    {"Scape Technologies", "Meta", 2020}, {"Microsoft Research", "Microsoft"}, {"MSR", "Microsoft"},
    {"MSRA", "Microsoft"}, {"Microsoft Research Asia", "Microsoft"}, {"Microsoft Research AI for Science", "Microsoft"},
    {"Microsoft Research Cambridge", "Microsoft"}, {"Microsoft Research New England", "Microsoft"},
    {"Microsoft Research Montreal", "Microsoft"}, {"Microsoft Bing", "Microsoft"}, {"Bing", "Microsoft"},
    {"Microsoft Azure AI", "Microsoft"}, {"Microsoft Maluuba", "Microsoft"}, {"Skype", "Microsoft", 2011},
    {"LinkedIn", "Microsoft", 2016}, {"SwiftKey", "Microsoft", 2016}, {"Maluuba", "Microsoft", 2017},
    {"GitHub", "Microsoft", 2018}, {"Semantic Machines", "Microsoft", 2018}, {"Bonsai", "Microsoft", 2018},
    {"Lobe", "Microsoft", 2018}, {"ZeniMax", "Microsoft", 2021}, {"Nuance Communications", "Microsoft", 2022},
    {"Nuance", "Microsoft", 2022}, {"Activision Blizzard", "Microsoft", 2023}, {"Amazon Web Services", "Amazon"},
    {"AWS", "Amazon"}, {"AWS AI", "Amazon"}, {"Amazon Machine Learning Solutions Lab", "Amazon"},
    {"Alexa AI", "Amazon"}, {"Amazon Alexa", "Amazon"}, {"A9", "Amazon"}, {"A9.com", "Amazon"}, {"Lab126", "Amazon"},
    {"Amazon Robotics", "Amazon"}, {"IMDb", "Amazon", 1998}, {"Audible", "Amazon", 2008},
    {"Kiva Systems", "Amazon", 2012}, {"Evi Technologies", "Amazon", 2012}, {"Twitch", "Amazon", 2014},
    {"Annapurna Labs", "Amazon", 2015}, {"Whole Foods", "Amazon", 2017}, {"Ring", "Amazon", 2018},
    {"Zoox", "Amazon", 2020}, {"Siri", "Apple", 2010}, {"Perceptio", "Apple", 2015}, {"VocalIQ", "Apple", 2015},
    {"Emotient", "Apple", 2016}, {"Turi", "Apple", 2016}, {"Lattice Data", "Apple", 2017}, {"Silk Labs", "Apple", 2018},
    {"Shazam", "Apple", 2018}, {"Xnor.ai", "Apple", 2020}, {"IBM Research", "IBM"},
    {"IBM Almaden Research Center", "IBM"}, {"IBM T.J. Watson Research Center", "IBM"},
    {"IBM TJ Watson Research Centre", "IBM"}, {"IBM Watson", "IBM"}, {"SPSS", "IBM", 2009}, {"AlchemyAPI", "IBM", 2015},
    {"Red Hat", "IBM", 2019}, {"The Weather Company", "IBM", 2016, 2023}, {"PGI", "NVIDIA", 2013},
    {"Mellanox", "NVIDIA", 2020}, {"DeepMap", "NVIDIA", 2021}, {"Deci", "NVIDIA", 2024}, {"Run:ai", "NVIDIA", 2024},
    {"NVIDIA Research", "NVIDIA"}, {"ATI Technologies", "AMD", 2006}, {"Xilinx", "AMD", 2022},
    {"Pensando", "AMD", 2022}, {"Nod.ai", "AMD", 2023}, {"Silo AI", "AMD", 2024}, {"Intel Labs", "Intel"},
    {"Nervana Systems", "Intel", 2016}, {"Nervana", "Intel", 2016}, {"Movidius", "Intel", 2016},
    {"Mobileye", "Intel", 2017}, {"Habana Labs", "Intel", 2019}, {"cnvrg.io", "Intel", 2020},
    {"Altera", "Intel", 2015, 2024}, {"Qualcomm AI Research", "Qualcomm"}, {"Scyfer", "Qualcomm", 2017},
    {"Nuvia", "Qualcomm", 2021}, {"Arriver", "Qualcomm", 2022}, {"VMware", "EMC", 2004, 2015},
    {"VMware", "Dell", 2016, 2021}, {"VMware", "Broadcom", 2023}, {"EMC", "Dell", 2016}, {"Splunk", "Cisco", 2024},
    {"HP Labs", "HP", ever, 2014}, {"HP Labs", "Hewlett Packard Enterprise", 2015},
    {"Hewlett Packard Labs", "HP", ever, 2014}, {"Hewlett Packard Labs", "Hewlett Packard Enterprise", 2015},
    {"Cray", "Hewlett Packard Enterprise", 2019}, {"Determined AI", "Hewlett Packard Enterprise", 2021},
    {"PARC", "Xerox", 1970, 2022}, {"PARC", "SRI International", 2023},
    {"Xerox Research Centre Europe", "Xerox", 1993, 2016}, {"Xerox Research Centre Europe", "NAVER", 2017},
    {"NAVER AI Lab", "NAVER"}, {"Naver Clova", "NAVER"}, {"Clova AI", "NAVER"}, {"Naver Corp", "NAVER"},
    {"NAVER Labs", "NAVER"}, {"NAVER LABS Europe", "NAVER"}, {"LINE", "NAVER", ever, 2020},
    {"LINE", "LY Corporation", 2021}, {"Kakao Brain", "Kakao"}, {"Kakaobrain", "Kakao"},
    {"Samsung Research", "Samsung"}, {"Samsung Electronics", "Samsung"},
    {"Samsung Advanced Institute of Technology", "Samsung"}, {"SAIT", "Samsung"}, {"Samsung AI Center", "Samsung"},
    {"Samsung R&D Institute Russia", "Samsung"}, {"Samsung Research America", "Samsung"},
    {"Samsung SAIT AI Lab", "Samsung"}, {"Harman", "Samsung", 2017}, {"LG AI Research", "LG"}, {"LG Electronics", "LG"},
    {"LG CNS", "LG"}, {"SK Telecom", "SK"}, {"T-Brain", "SK"}, {"SK T-Brain", "SK"}, {"SKT Brain", "SK"},
    {"SK hynix", "SK"}, {"Hyundai Motor Group", "Hyundai"}, {"Hyundai Motor Company", "Hyundai"},
    {"Kia Motors", "Hyundai"}, {"42dot", "Hyundai"}, {"Boston Dynamics AI Institute", "Hyundai"},
    {"RAI Institute", "Hyundai"}, {"Alibaba Group", "Alibaba"}, {"Alibaba DAMO Academy", "Alibaba"},
    {"DAMO Academy", "Alibaba"}, {"DAMO academy Alibaba", "Alibaba"}, {"Alibaba Cloud", "Alibaba"},
    {"Taobao", "Alibaba"}, {"Tmall", "Alibaba"}, {"Alibaba Research", "Alibaba"}, {"UCWeb", "Alibaba", 2014},
    {"Lazada", "Alibaba", 2016}, {"Youku", "Alibaba", 2016}, {"Cainiao", "Alibaba", 2017},
    {"Tencent AI Lab", "Tencent"}, {"WeChat AI", "Tencent"}, {"WeChat", "Tencent"}, {"YouTu Lab", "Tencent"},
    {"Tencent YouTu Lab", "Tencent"}, {"ARC Lab", "Tencent"}, {"Supercell", "Tencent", 2016},
    {"Sogou", "Tencent", 2021}, {"Baidu Research", "Baidu"}, {"Baidu Research - Silicon Valley AI Lab", "Baidu"},
    {"Silicon Valley AI Lab", "Baidu"}, {"Institute of Deep Learning", "Baidu"}, {"iQIYI", "Baidu", 2013},
    {"TikTok", "ByteDance"}, {"Douyin", "ByteDance"}, {"Toutiao", "ByteDance"}, {"ByteDance AI Lab", "ByteDance"},
    {"ByteDance Seed", "ByteDance"}, {"Noah's Ark Lab", "Huawei"}, {"Huawei Noah's Ark Lab", "Huawei"},
    {"HiSilicon", "Huawei"}, {"Huawei Technologies", "Huawei"}, {"Honor", "Huawei", 2013, 2020},
    {"JD AI Research", "JD.com"}, {"JD Explore Academy", "JD.com"}, {"JD AI", "JD.com"},
    {"Ping An Technology", "Ping An"}, {"Xiaomi AI Lab", "Xiaomi"}, {"DiDi AI Labs", "DiDi"},
    {"SenseTime Research", "SenseTime"}, {"Motorola Mobility", "Alphabet", 2012, 2013},
    {"Motorola Mobility", "Lenovo", 2014}, {"Volvo Cars", "Geely", 2010}, {"Zeekr", "Geely", 2021},
    {"DeepSeek", "High-Flyer", 2023}, {"Sony AI", "Sony"}, {"Sony Research", "Sony"},
    {"Sony Computer Science Laboratories", "Sony"}, {"Sony CSL", "Sony"}, {"Toyota Research Institute", "Toyota"},
    {"Toyota Motor", "Toyota"}, {"Toyota Central R&D Labs", "Toyota"}, {"Woven by Toyota", "Toyota", 2018},
    {"Woven Planet", "Toyota", 2018}, {"Lyft Level 5", "Lyft", ever, 2020}, {"Lyft Level 5", "Toyota", 2021},
    {"Honda Research Institute", "Honda"}, {"NTT Research", "NTT"}, {"NTT Communication Science Laboratories", "NTT"},
    {"NTT Data", "NTT"}, {"NTT Docomo", "NTT"}, {"DOCOMO", "NTT"}, {"NEC Laboratories", "NEC"},
    {"NEC Laboratories America", "NEC"}, {"NEC Labs America", "NEC"}, {"NEC Laboratories Europe", "NEC"},
    {"NEC Labs Europe", "NEC"}, {"Hitachi Research", "Hitachi"}, {"Fujitsu Laboratories", "Fujitsu"},
    {"Fujitsu Research", "Fujitsu"}, {"Mitsubishi Electric Research Laboratories", "Mitsubishi Electric"},
    {"Mitsubishi Electric Research Labs", "Mitsubishi Electric"}, {"MERL", "Mitsubishi Electric"},
    {"Arimo", "Panasonic", 2017}, {"OMRON SINIC X", "OMRON"}, {"Denso IT Laboratory", "Denso"},
    {"Rakuten Institute of Technology", "Rakuten"}, {"Megagon Labs", "Recruit"}, {"Bosch Center for AI", "Bosch"},
    {"Bosch Center for Artificial Intelligence", "Bosch"}, {"Robert Bosch", "Bosch"}, {"Bosch Research", "Bosch"},
    {"Siemens Corporate Research", "Siemens"}, {"Siemens Technology", "Siemens"}, {"Argo AI", "Ford", 2017, 2019},
    {"Cruise", "General Motors", 2016}, {"nuTonomy", "Aptiv", 2017, 2019}, {"Uber AI", "Uber"},
    {"Uber AI Labs", "Uber"}, {"Geometric Intelligence", "Uber", 2016}, {"Uber ATG", "Uber", ever, 2020},
    {"Uber ATG", "Aurora", 2021}, {"DeepScale", "Tesla", 2019}, {"Salesforce Research", "Salesforce"},
    {"Salesforce AI Research", "Salesforce"}, {"MetaMind", "Salesforce", 2016}, {"Datorama", "Salesforce", 2018},
    {"Tableau", "Salesforce", 2019}, {"Slack", "Salesforce", 2021}, {"Sun Microsystems", "Oracle", 2010},
    {"Cerner", "Oracle", 2022}, {"Adobe Research", "Adobe"}, {"Whetlab", "Twitter", 2015},
    {"Magic Pony", "Twitter", 2016}, {"Fabula AI", "Twitter", 2019}, {"Twitter", "X Corp", 2023},
    {"X Corp", "xAI", 2025}, {"Snap Research", "Snap"}, {"Looksery", "Snap", 2015}, {"Ariel AI", "Snap", 2020},
    {"Echo Nest", "Spotify", 2014}, {"Element AI", "ServiceNow", 2020}, {"MosaicML", "Databricks", 2023},
    {"Tabular", "Databricks", 2024}, {"Neeva", "Snowflake", 2023}, {"InstaDeep", "BioNTech", 2023},
    {"Genentech", "Roche", 2009}, {"Prescient Design", "Genentech", 2021}, {"Janssen", "Johnson & Johnson"},
    {"Janssen Pharmaceuticals", "Johnson & Johnson"}, {"Wyeth", "Pfizer", 2009},
    {"Celgene", "Bristol-Myers Squibb", 2019}, {"Genzyme", "Sanofi", 2011}, {"MedImmune", "AstraZeneca", 2007},
    {"Alexion", "AstraZeneca", 2021}, {"Allergan", "AbbVie", 2020}, {"Borealis AI", "RBC", 2016},
    {"Layer 6", "TD Bank", 2018}, {"Layer 6 AI", "TD Bank", 2018}, {"JPMorgan Chase", "J.P. Morgan"},
    {"J.P. Morgan AI Research", "J.P. Morgan"}, {"JPMorgan AI Research", "J.P. Morgan"}, {"JPMorgan", "J.P. Morgan"},
    {"Walmart Labs", "Walmart"}, {"Flipkart", "Walmart", 2018}, {"Philips Research", "Philips"},
    {"Ericsson Research", "Ericsson"}, {"Bell Laboratories", "AT&T", ever, 1995},
    {"Bell Laboratories", "Lucent Technologies", 1996, 2005}, {"Bell Laboratories", "Alcatel-Lucent", 2006, 2015},
    {"Bell Laboratories", "Nokia", 2016}, {"Bell Labs", "AT&T", ever, 1995},
    {"Bell Labs", "Lucent Technologies", 1996, 2005}, {"Bell Labs", "Alcatel-Lucent", 2006, 2015},
    {"Bell Labs", "Nokia", 2016}, {"Lucent Technologies", "Alcatel-Lucent", 2006}, {"Alcatel-Lucent", "Nokia", 2016},
    {"Nokia Bell Labs", "Nokia", 2016}, {"AT&T Labs", "AT&T"}, {"AT&T Labs Research", "AT&T"},
    {"AT&T Bell Laboratories", "AT&T"}, {"Yahoo Labs", "Yahoo"}, {"Yahoo Research", "Yahoo"},
    {"Yahoo", "Verizon", 2017, 2020}, {"Yahoo", "Apollo", 2021}, {"AOL", "Verizon", 2015, 2020},
    {"AOL", "Apollo", 2021}, {"Disney Research", "Disney"}, {"Pixar", "Disney", 2006}, {"Hulu", "Disney", 2019},
    {"NBCUniversal", "Comcast", 2011}, {"BBN Technologies", "Raytheon", 2009}, {"Raytheon BBN", "Raytheon", 2009},
    {"Raytheon", "RTX", 2020}, {"Sikorsky", "Lockheed Martin", 2015}, {"Orbital ATK", "Northrop Grumman", 2018},
    {"OpenAI LP", "OpenAI"}, {"Global Illumination", "OpenAI", 2023}, {"Rockset", "OpenAI", 2024},
    {"Cohere For AI", "Cohere"}, {"Cohere Labs", "Cohere"}, {"Gradio", "Hugging Face", 2021}, {"Arm", "SoftBank", 2016},
    {"Graphcore", "SoftBank", 2024}, {"Data61", "CSIRO", 2016}, {"NICTA", "CSIRO", 2016},
    {"Flatiron Institute", "Simons Foundation"}, {"CISPA", "Helmholtz Association", 2019},
    {"Max Planck Institute for Intelligent Systems", "Max Planck Society"},
    {"Max Planck Institute for Informatics", "Max Planck Society"},
    {"MPI for Intelligent Systems", "Max Planck Society"},
};
// clang-format on

}  // namespace detail::family_rows

/// The table, in no order but that the rows of one organisation go by years.
inline constexpr auto& organisation_families = detail::family_rows::rows;

struct family_options {
    std::span<const organisation_family> own = {};  ///< looked through first: an organisation in it is as it says
    bool known = true;                              ///< whether organisation_families is looked through, too
    std::optional<int> year = {};                   ///< when; else the last year in which an organisation was in one
    bool campuses = false;                          ///< whether a university is the system that it is a campus of
};

namespace detail {

/// A name to be compared: normalised words, without the legal forms at its end.
[[nodiscard]] inline std::string family_key(std::string_view name) {
    normalised_text normalised;
    normalise(name, normalised);
    std::string words;  // a space before each
    bool open = false;
    for (const char c : normalised.view()) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c < '\0' || c == '&';
        if (kept && !open) words += ' ';
        if (kept) words += c;
        if (kept || (c != '.' && c != '\'')) open = kept;  // "Noah's", "T.J. Watson"
    }
    const auto is_initial = [&words](std::size_t space) {
        return words[space] == ' ' && space + 1 < words.size() &&
               (space + 2 == words.size() || words[space + 2] == ' ');
    };
    std::string key;
    for (std::size_t i = 1; i < words.size(); ++i)  // "T. J. Watson": initials are one word
        if (words[i] != ' ' || !(is_initial(i) && words[i - 1] != ' ' && is_initial(i - 2))) key += words[i];
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view form : {" inc", " incorporated", " ltd", " limited", " llc", " corp",
                                            " corporation", " co", " company", " gmbh", " ag", " plc", " sa"})
            if (key.ends_with(form)) {
                key.erase(key.size() - form.size());
                again = true;
            }
    }
    return key;
}

/// Rows by key, then year.
struct family_row {
    std::string key, organisation, family;
    int since, until;
};

/// Sorts, and requires that no organisation has two rows for one year.
inline void sort_families(std::vector<family_row>& rows) {
    const auto order = [](const family_row& a, const family_row& b) {
        return std::tie(a.key, a.since) < std::tie(b.key, b.since);
    };
    std::ranges::stable_sort(rows, order);
    for (std::size_t i = 1; i < rows.size(); ++i)
        require(rows[i - 1].key != rows[i].key || rows[i - 1].until < rows[i].since, "family_tree",
                "one family of an organisation at a time", rows[i].organisation);
}
template <std::ranges::input_range Rows>
[[nodiscard]] std::vector<family_row> sorted_families(const Rows& rows) {
    std::vector<family_row> result;
    for (const auto& each : rows) {
        require(each.since <= each.until, "family_tree", "since <= until", each.organisation);
        std::string key = family_key(each.organisation);
        require(!key.empty(), "family_tree", "an organisation with a letter or a digit", each.organisation);
        require(!family_key(each.family).empty(), "family_tree", "a family with a letter or a digit", each.family);
        result.push_back(
            {std::move(key), std::string(each.organisation), std::string(each.family), each.since, each.until});
    }
    sort_families(result);
    return result;
}
[[nodiscard]] inline const std::vector<family_row>& known_families() {
    static const std::vector<family_row> rows = sorted_families(organisation_families);
    return rows;
}
/// The first years of the known rows, each once.
[[nodiscard]] inline const std::vector<int>& known_family_years() {
    static const std::vector<int> years = [] {
        std::vector<int> all;
        for (const organisation_family& each : organisation_families) all.push_back(each.since);
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }();
    return years;
}
[[nodiscard]] inline const std::vector<family_row>& known_campuses() {
    static const std::vector<family_row> rows = [] {
        std::vector<organisation_family> read;
        for (std::string_view left = university_systems; !left.empty();) {
            const std::string_view line = left.substr(0, left.find('\n'));
            left.remove_prefix(std::min(line.size() + 1, left.size()));
            const std::size_t tab = line.find('\t');
            read.push_back({line.substr(tab + 1), line.substr(0, tab)});
        }
        return sorted_families(read);
    }();
    return rows;
}

}  // namespace detail

/// A table of families, built once to be asked often; then const, to be called from any number of threads. Names are
/// compared whole, as words: letter case, accents, punctuation and a legal form at the end ("Inc.") aside.
///
/// Cost: O(n log n) to build, O(log n) a step of an answer. Holds its texts.
class family_tree {
public:
    /// No more steps than this are gone from an organisation to its owner.
    static constexpr std::size_t most_steps = 32;

    /// Copies the texts. Throws std::invalid_argument for a row of the user's without a name or a family, one that ends
    /// before it begins, two for one organisation in one year, and for families that are part of one another, or of
    /// more than `most_steps` above each other. A row that names an organisation its own family keeps it apart.
    explicit family_tree(const family_options& options = {})
        : own_(detail::sorted_families(options.own)),
          known_(options.known),
          campuses_(options.campuses),
          year_(options.year) {
        for (const detail::family_row& each : own_) {  // a circle is there from the first year of one of its rows on
            static_cast<void>(climb(each.organisation, std::nullopt));
            static_cast<void>(climb(each.organisation, each.since));
            if (!known_) continue;
            for (const int year : detail::known_family_years())
                if (year > each.since && year <= each.until) static_cast<void>(climb(each.organisation, year));
        }
    }

    /// The family of an organisation in a year, or its own name where it has none.
    [[nodiscard]] std::string operator()(std::string_view organisation) const { return climb(organisation, year_); }
    [[nodiscard]] std::string operator()(std::string_view organisation, int year) const {
        return climb(organisation, year);
    }

    /// The families of a record's organisations, each once, in their order.
    template <std::ranges::input_range Organisations>
    requires std::convertible_to<std::ranges::range_reference_t<const Organisations>, std::string_view> &&
        (!std::convertible_to<const Organisations&, std::string_view>) [[nodiscard]] std::vector<std::string>
        operator()(const Organisations& organisations) const {
        return each_once(organisations, year_);
    }
    template <std::ranges::input_range Organisations>
    requires std::convertible_to<std::ranges::range_reference_t<const Organisations>, std::string_view> &&
        (!std::convertible_to<const Organisations&, std::string_view>) [[nodiscard]] std::vector<std::string>
        operator()(const Organisations& organisations, int year) const {
        return each_once(organisations, year);
    }

private:
    using rows = std::vector<detail::family_row>;

    template <class Organisations>
    [[nodiscard]] std::vector<std::string> each_once(const Organisations& organisations,
                                                     std::optional<int> year) const {
        std::vector<std::string> families;
        for (const auto& each : organisations) {
            std::string family = climb(std::string_view(each), year);
            if (std::ranges::find(families, family) == families.end()) families.push_back(std::move(family));
        }
        return families;
    }

    [[nodiscard]] std::string climb(std::string_view organisation, std::optional<int> year) const {
        std::string at(organisation);
        for (std::size_t step = 0;; ++step) {
            const detail::family_row* const up = above(detail::family_key(at), year);
            if (up == nullptr) return at;
            detail::require(step < most_steps, "family_tree", "families that are not part of one another", at);
            if (!year) year = up->until;
            at = up->family;
        }
    }

    /// The row to go on with; none where the organisation is in no table, in none of that year, or its own family.
    [[nodiscard]] const detail::family_row* above(const std::string& key, std::optional<int> year) const {
        const auto found_in = [&](const rows& table) -> std::optional<const detail::family_row*> {
            const auto first = std::ranges::lower_bound(table, key, {}, &detail::family_row::key);
            auto last = first;
            while (last != table.end() && last->key == key) ++last;
            if (first == last) return std::nullopt;
            const detail::family_row* found = nullptr;
            for (auto row = first; row != last; ++row)
                if (!year || (row->since <= *year && *year <= row->until)) found = &*row;
            return found != nullptr && detail::family_key(found->family) != key ? found : nullptr;
        };
        if (const auto own = found_in(own_)) return *own;
        if (known_)
            if (const auto known = found_in(detail::known_families())) return *known;
        if (campuses_)
            if (const auto campus = found_in(detail::known_campuses())) return *campus;
        return nullptr;
    }

    rows own_;
    bool known_, campuses_;
    std::optional<int> year_;
};

/// The family of an organisation, or its own name where it has none: that of a `family_tree` with these options, which
/// is built for the call where there are rows of one's own.
[[nodiscard]] inline std::string roll_up(std::string_view organisation, const family_options& options = {}) {
    return family_tree(options)(organisation);
}

/// The families of a record's organisations, each once, in their order: a cluster field of several labels.
template <std::ranges::input_range Organisations>
requires std::convertible_to<std::ranges::range_reference_t<const Organisations>, std::string_view> &&
    (!std::convertible_to<const Organisations&, std::string_view>)
        [[nodiscard]] std::vector<std::string> roll_up(const Organisations& organisations,
                                                       const family_options& options = {}) {
    return family_tree(options)(organisations);
}

}  // namespace compute_divide::inline v0_2

#endif
