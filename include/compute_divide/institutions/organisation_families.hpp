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

#include <compute_divide/detail/algorithms.hpp>
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

using namespace std::string_view_literals;  // of known length: compilers count others letter by letter

inline constexpr int ever = std::numeric_limits<int>::min();

// Source: the companies' announcements, from general knowledge of the field; names also as Epoch AI's tables (CC
// BY 4.0) write them. A year is that in which a purchase was completed. Renamed companies are one over all years
// (Facebook, Google). Of no family: joint laboratories (MIT-IBM Watson AI Lab), ventures while they have two owners
// (Argo AI from 2020), affiliates without a majority (Ant Group), laboratories that a university operates for a
// government.
// clang-format off
inline constexpr organisation_family rows[] = {
    {"Google"sv, "Alphabet"sv}, {"Google AI"sv, "Alphabet"sv}, {"Google AI Brain"sv, "Alphabet"sv}, {"Google Brain"sv, "Alphabet"sv},
    {"Google Cloud"sv, "Alphabet"sv}, {"Google Cloud AI"sv, "Alphabet"sv}, {"Google Research"sv, "Alphabet"sv},
    {"Google Zurich"sv, "Alphabet"sv}, {"Brain Team"sv, "Alphabet"sv}, {"Waymo"sv, "Alphabet"sv}, {"Verily"sv, "Alphabet"sv},
    {"Verily Life Sciences"sv, "Alphabet"sv}, {"Calico"sv, "Alphabet"sv}, {"Calico Life Sciences"sv, "Alphabet"sv},
    {"Isomorphic Labs"sv, "Alphabet"sv}, {"X, the moonshot factory"sv, "Alphabet"sv}, {"Google X"sv, "Alphabet"sv},
    {"Everyday Robots"sv, "Alphabet"sv}, {"Alphabet Inc"sv, "Alphabet"sv}, {"DeepMind"sv, "Alphabet"sv, 2014},
    {"Google DeepMind"sv, "Alphabet"sv, 2014}, {"YouTube"sv, "Alphabet"sv, 2006}, {"DNNresearch"sv, "Alphabet"sv, 2013},
    {"Waze"sv, "Alphabet"sv, 2013}, {"Nest"sv, "Alphabet"sv, 2014}, {"API.AI"sv, "Alphabet"sv, 2016}, {"Kaggle"sv, "Alphabet"sv, 2017},
    {"Looker"sv, "Alphabet"sv, 2020}, {"Fitbit"sv, "Alphabet"sv, 2021}, {"Vicarious"sv, "Alphabet"sv, 2022},
    {"Mandiant"sv, "Alphabet"sv, 2022}, {"Boston Dynamics"sv, "Alphabet"sv, 2013, 2017},
    {"Boston Dynamics"sv, "SoftBank"sv, 2018, 2020}, {"Boston Dynamics"sv, "Hyundai"sv, 2021}, {"Facebook"sv, "Meta"sv},
    {"Facebook AI"sv, "Meta"sv}, {"Facebook AI Research"sv, "Meta"sv}, {"FAIR"sv, "Meta"sv}, {"Fundamental AI Research"sv, "Meta"sv},
    {"Meta AI"sv, "Meta"sv}, {"MetaAI"sv, "Meta"sv}, {"Meta FAIR"sv, "Meta"sv}, {"Meta Platforms"sv, "Meta"sv},
    {"Reality Labs"sv, "Meta"sv}, {"Facebook Reality Labs"sv, "Meta"sv}, {"Oculus Research"sv, "Meta"sv},
    {"Instagram"sv, "Meta"sv, 2012}, {"WhatsApp"sv, "Meta"sv, 2014}, {"Oculus"sv, "Meta"sv, 2014}, {"Oculus VR"sv, "Meta"sv, 2014},
    {"Wit.ai"sv, "Meta"sv, 2015}, {"Bloomsbury AI"sv, "Meta"sv, 2018}, {"CTRL-labs"sv, "Meta"sv, 2019}, {"Mapillary"sv, "Meta"sv, 2020},
    {"Scape Technologies"sv, "Meta"sv, 2020}, {"Microsoft Research"sv, "Microsoft"sv}, {"MSR"sv, "Microsoft"sv},
    {"MSRA"sv, "Microsoft"sv}, {"Microsoft Research Asia"sv, "Microsoft"sv}, {"Microsoft Research AI for Science"sv, "Microsoft"sv},
    {"Microsoft Research Cambridge"sv, "Microsoft"sv}, {"Microsoft Research New England"sv, "Microsoft"sv},
    {"Microsoft Research Montreal"sv, "Microsoft"sv}, {"Microsoft Bing"sv, "Microsoft"sv}, {"Bing"sv, "Microsoft"sv},
    {"Microsoft Azure AI"sv, "Microsoft"sv}, {"Microsoft Maluuba"sv, "Microsoft"sv}, {"Skype"sv, "Microsoft"sv, 2011},
    {"LinkedIn"sv, "Microsoft"sv, 2016}, {"SwiftKey"sv, "Microsoft"sv, 2016}, {"Maluuba"sv, "Microsoft"sv, 2017},
    {"GitHub"sv, "Microsoft"sv, 2018}, {"Semantic Machines"sv, "Microsoft"sv, 2018}, {"Bonsai"sv, "Microsoft"sv, 2018},
    {"Lobe"sv, "Microsoft"sv, 2018}, {"ZeniMax"sv, "Microsoft"sv, 2021}, {"Nuance Communications"sv, "Microsoft"sv, 2022},
    {"Nuance"sv, "Microsoft"sv, 2022}, {"Activision Blizzard"sv, "Microsoft"sv, 2023}, {"Amazon Web Services"sv, "Amazon"sv},
    {"AWS"sv, "Amazon"sv}, {"AWS AI"sv, "Amazon"sv}, {"Amazon Machine Learning Solutions Lab"sv, "Amazon"sv},
    {"Alexa AI"sv, "Amazon"sv}, {"Amazon Alexa"sv, "Amazon"sv}, {"A9"sv, "Amazon"sv}, {"A9.com"sv, "Amazon"sv}, {"Lab126"sv, "Amazon"sv},
    {"Amazon Robotics"sv, "Amazon"sv}, {"IMDb"sv, "Amazon"sv, 1998}, {"Audible"sv, "Amazon"sv, 2008},
    {"Kiva Systems"sv, "Amazon"sv, 2012}, {"Evi Technologies"sv, "Amazon"sv, 2012}, {"Twitch"sv, "Amazon"sv, 2014},
    {"Annapurna Labs"sv, "Amazon"sv, 2015}, {"Whole Foods"sv, "Amazon"sv, 2017}, {"Ring"sv, "Amazon"sv, 2018},
    {"Zoox"sv, "Amazon"sv, 2020}, {"Siri"sv, "Apple"sv, 2010}, {"Perceptio"sv, "Apple"sv, 2015}, {"VocalIQ"sv, "Apple"sv, 2015},
    {"Emotient"sv, "Apple"sv, 2016}, {"Turi"sv, "Apple"sv, 2016}, {"Lattice Data"sv, "Apple"sv, 2017}, {"Silk Labs"sv, "Apple"sv, 2018},
    {"Shazam"sv, "Apple"sv, 2018}, {"Xnor.ai"sv, "Apple"sv, 2020}, {"IBM Research"sv, "IBM"sv},
    {"IBM Almaden Research Center"sv, "IBM"sv}, {"IBM T.J. Watson Research Center"sv, "IBM"sv},
    {"IBM TJ Watson Research Centre"sv, "IBM"sv}, {"IBM Watson"sv, "IBM"sv}, {"SPSS"sv, "IBM"sv, 2009}, {"AlchemyAPI"sv, "IBM"sv, 2015},
    {"Red Hat"sv, "IBM"sv, 2019}, {"The Weather Company"sv, "IBM"sv, 2016, 2023}, {"PGI"sv, "NVIDIA"sv, 2013},
    {"Mellanox"sv, "NVIDIA"sv, 2020}, {"DeepMap"sv, "NVIDIA"sv, 2021}, {"Deci"sv, "NVIDIA"sv, 2024}, {"Run:ai"sv, "NVIDIA"sv, 2024},
    {"NVIDIA Research"sv, "NVIDIA"sv}, {"ATI Technologies"sv, "AMD"sv, 2006}, {"Xilinx"sv, "AMD"sv, 2022},
    {"Pensando"sv, "AMD"sv, 2022}, {"Nod.ai"sv, "AMD"sv, 2023}, {"Silo AI"sv, "AMD"sv, 2024}, {"Intel Labs"sv, "Intel"sv},
    {"Nervana Systems"sv, "Intel"sv, 2016}, {"Nervana"sv, "Intel"sv, 2016}, {"Movidius"sv, "Intel"sv, 2016},
    {"Mobileye"sv, "Intel"sv, 2017}, {"Habana Labs"sv, "Intel"sv, 2019}, {"cnvrg.io"sv, "Intel"sv, 2020},
    {"Altera"sv, "Intel"sv, 2015, 2024}, {"Qualcomm AI Research"sv, "Qualcomm"sv}, {"Scyfer"sv, "Qualcomm"sv, 2017},
    {"Nuvia"sv, "Qualcomm"sv, 2021}, {"Arriver"sv, "Qualcomm"sv, 2022}, {"VMware"sv, "EMC"sv, 2004, 2015},
    {"VMware"sv, "Dell"sv, 2016, 2021}, {"VMware"sv, "Broadcom"sv, 2023}, {"EMC"sv, "Dell"sv, 2016}, {"Splunk"sv, "Cisco"sv, 2024},
    {"HP Labs"sv, "HP"sv, ever, 2014}, {"HP Labs"sv, "Hewlett Packard Enterprise"sv, 2015},
    {"Hewlett Packard Labs"sv, "HP"sv, ever, 2014}, {"Hewlett Packard Labs"sv, "Hewlett Packard Enterprise"sv, 2015},
    {"Cray"sv, "Hewlett Packard Enterprise"sv, 2019}, {"Determined AI"sv, "Hewlett Packard Enterprise"sv, 2021},
    {"PARC"sv, "Xerox"sv, 1970, 2022}, {"PARC"sv, "SRI International"sv, 2023},
    {"Xerox Research Centre Europe"sv, "Xerox"sv, 1993, 2016}, {"Xerox Research Centre Europe"sv, "NAVER"sv, 2017},
    {"NAVER AI Lab"sv, "NAVER"sv}, {"Naver Clova"sv, "NAVER"sv}, {"Clova AI"sv, "NAVER"sv}, {"Naver Corp"sv, "NAVER"sv},
    {"NAVER Labs"sv, "NAVER"sv}, {"NAVER LABS Europe"sv, "NAVER"sv}, {"LINE"sv, "NAVER"sv, ever, 2020},
    {"LINE"sv, "LY Corporation"sv, 2021}, {"Kakao Brain"sv, "Kakao"sv}, {"Kakaobrain"sv, "Kakao"sv},
    {"Samsung Research"sv, "Samsung"sv}, {"Samsung Electronics"sv, "Samsung"sv},
    {"Samsung Advanced Institute of Technology"sv, "Samsung"sv}, {"SAIT"sv, "Samsung"sv}, {"Samsung AI Center"sv, "Samsung"sv},
    {"Samsung R&D Institute Russia"sv, "Samsung"sv}, {"Samsung Research America"sv, "Samsung"sv},
    {"Samsung SAIT AI Lab"sv, "Samsung"sv}, {"Harman"sv, "Samsung"sv, 2017}, {"LG AI Research"sv, "LG"sv}, {"LG Electronics"sv, "LG"sv},
    {"LG CNS"sv, "LG"sv}, {"SK Telecom"sv, "SK"sv}, {"T-Brain"sv, "SK"sv}, {"SK T-Brain"sv, "SK"sv}, {"SKT Brain"sv, "SK"sv},
    {"SK hynix"sv, "SK"sv}, {"Hyundai Motor Group"sv, "Hyundai"sv}, {"Hyundai Motor Company"sv, "Hyundai"sv},
    {"Kia Motors"sv, "Hyundai"sv}, {"42dot"sv, "Hyundai"sv}, {"Boston Dynamics AI Institute"sv, "Hyundai"sv},
    {"RAI Institute"sv, "Hyundai"sv}, {"Alibaba Group"sv, "Alibaba"sv}, {"Alibaba DAMO Academy"sv, "Alibaba"sv},
    {"DAMO Academy"sv, "Alibaba"sv}, {"DAMO academy Alibaba"sv, "Alibaba"sv}, {"Alibaba Cloud"sv, "Alibaba"sv},
    {"Taobao"sv, "Alibaba"sv}, {"Tmall"sv, "Alibaba"sv}, {"Alibaba Research"sv, "Alibaba"sv}, {"UCWeb"sv, "Alibaba"sv, 2014},
    {"Lazada"sv, "Alibaba"sv, 2016}, {"Youku"sv, "Alibaba"sv, 2016}, {"Cainiao"sv, "Alibaba"sv, 2017},
    {"Tencent AI Lab"sv, "Tencent"sv}, {"WeChat AI"sv, "Tencent"sv}, {"WeChat"sv, "Tencent"sv}, {"YouTu Lab"sv, "Tencent"sv},
    {"Tencent YouTu Lab"sv, "Tencent"sv}, {"ARC Lab"sv, "Tencent"sv}, {"Supercell"sv, "Tencent"sv, 2016},
    {"Sogou"sv, "Tencent"sv, 2021}, {"Baidu Research"sv, "Baidu"sv}, {"Baidu Research - Silicon Valley AI Lab"sv, "Baidu"sv},
    {"Silicon Valley AI Lab"sv, "Baidu"sv}, {"Institute of Deep Learning"sv, "Baidu"sv}, {"iQIYI"sv, "Baidu"sv, 2013},
    {"TikTok"sv, "ByteDance"sv}, {"Douyin"sv, "ByteDance"sv}, {"Toutiao"sv, "ByteDance"sv}, {"ByteDance AI Lab"sv, "ByteDance"sv},
    {"ByteDance Seed"sv, "ByteDance"sv}, {"Noah's Ark Lab"sv, "Huawei"sv}, {"Huawei Noah's Ark Lab"sv, "Huawei"sv},
    {"HiSilicon"sv, "Huawei"sv}, {"Huawei Technologies"sv, "Huawei"sv}, {"Honor"sv, "Huawei"sv, 2013, 2020},
    {"JD AI Research"sv, "JD.com"sv}, {"JD Explore Academy"sv, "JD.com"sv}, {"JD AI"sv, "JD.com"sv},
    {"Ping An Technology"sv, "Ping An"sv}, {"Xiaomi AI Lab"sv, "Xiaomi"sv}, {"DiDi AI Labs"sv, "DiDi"sv},
    {"SenseTime Research"sv, "SenseTime"sv}, {"Motorola Mobility"sv, "Alphabet"sv, 2012, 2013},
    {"Motorola Mobility"sv, "Lenovo"sv, 2014}, {"Volvo Cars"sv, "Geely"sv, 2010}, {"Zeekr"sv, "Geely"sv, 2021},
    {"DeepSeek"sv, "High-Flyer"sv, 2023}, {"Sony AI"sv, "Sony"sv}, {"Sony Research"sv, "Sony"sv},
    {"Sony Computer Science Laboratories"sv, "Sony"sv}, {"Sony CSL"sv, "Sony"sv}, {"Toyota Research Institute"sv, "Toyota"sv},
    {"Toyota Motor"sv, "Toyota"sv}, {"Toyota Central R&D Labs"sv, "Toyota"sv}, {"Woven by Toyota"sv, "Toyota"sv, 2018},
    {"Woven Planet"sv, "Toyota"sv, 2018}, {"Lyft Level 5"sv, "Lyft"sv, ever, 2020}, {"Lyft Level 5"sv, "Toyota"sv, 2021},
    {"Honda Research Institute"sv, "Honda"sv}, {"NTT Research"sv, "NTT"sv}, {"NTT Communication Science Laboratories"sv, "NTT"sv},
    {"NTT Data"sv, "NTT"sv}, {"NTT Docomo"sv, "NTT"sv}, {"DOCOMO"sv, "NTT"sv}, {"NEC Laboratories"sv, "NEC"sv},
    {"NEC Laboratories America"sv, "NEC"sv}, {"NEC Labs America"sv, "NEC"sv}, {"NEC Laboratories Europe"sv, "NEC"sv},
    {"NEC Labs Europe"sv, "NEC"sv}, {"Hitachi Research"sv, "Hitachi"sv}, {"Fujitsu Laboratories"sv, "Fujitsu"sv},
    {"Fujitsu Research"sv, "Fujitsu"sv}, {"Mitsubishi Electric Research Laboratories"sv, "Mitsubishi Electric"sv},
    {"Mitsubishi Electric Research Labs"sv, "Mitsubishi Electric"sv}, {"MERL"sv, "Mitsubishi Electric"sv},
    {"Arimo"sv, "Panasonic"sv, 2017}, {"OMRON SINIC X"sv, "OMRON"sv}, {"Denso IT Laboratory"sv, "Denso"sv},
    {"Rakuten Institute of Technology"sv, "Rakuten"sv}, {"Megagon Labs"sv, "Recruit"sv}, {"Bosch Center for AI"sv, "Bosch"sv},
    {"Bosch Center for Artificial Intelligence"sv, "Bosch"sv}, {"Robert Bosch"sv, "Bosch"sv}, {"Bosch Research"sv, "Bosch"sv},
    {"Siemens Corporate Research"sv, "Siemens"sv}, {"Siemens Technology"sv, "Siemens"sv}, {"Argo AI"sv, "Ford"sv, 2017, 2019},
    {"Cruise"sv, "General Motors"sv, 2016}, {"nuTonomy"sv, "Aptiv"sv, 2017, 2019}, {"Uber AI"sv, "Uber"sv},
    {"Uber AI Labs"sv, "Uber"sv}, {"Geometric Intelligence"sv, "Uber"sv, 2016}, {"Uber ATG"sv, "Uber"sv, ever, 2020},
    {"Uber ATG"sv, "Aurora"sv, 2021}, {"DeepScale"sv, "Tesla"sv, 2019}, {"Salesforce Research"sv, "Salesforce"sv},
    {"Salesforce AI Research"sv, "Salesforce"sv}, {"MetaMind"sv, "Salesforce"sv, 2016}, {"Datorama"sv, "Salesforce"sv, 2018},
    {"Tableau"sv, "Salesforce"sv, 2019}, {"Slack"sv, "Salesforce"sv, 2021}, {"Sun Microsystems"sv, "Oracle"sv, 2010},
    {"Cerner"sv, "Oracle"sv, 2022}, {"Adobe Research"sv, "Adobe"sv}, {"Whetlab"sv, "Twitter"sv, 2015},
    {"Magic Pony"sv, "Twitter"sv, 2016}, {"Fabula AI"sv, "Twitter"sv, 2019}, {"Twitter"sv, "X Corp"sv, 2023},
    {"X Corp"sv, "xAI"sv, 2025}, {"Snap Research"sv, "Snap"sv}, {"Looksery"sv, "Snap"sv, 2015}, {"Ariel AI"sv, "Snap"sv, 2020},
    {"Echo Nest"sv, "Spotify"sv, 2014}, {"Element AI"sv, "ServiceNow"sv, 2020}, {"MosaicML"sv, "Databricks"sv, 2023},
    {"Tabular"sv, "Databricks"sv, 2024}, {"Neeva"sv, "Snowflake"sv, 2023}, {"InstaDeep"sv, "BioNTech"sv, 2023},
    {"Genentech"sv, "Roche"sv, 2009}, {"Prescient Design"sv, "Genentech"sv, 2021}, {"Janssen"sv, "Johnson & Johnson"sv},
    {"Janssen Pharmaceuticals"sv, "Johnson & Johnson"sv}, {"Wyeth"sv, "Pfizer"sv, 2009},
    {"Celgene"sv, "Bristol-Myers Squibb"sv, 2019}, {"Genzyme"sv, "Sanofi"sv, 2011}, {"MedImmune"sv, "AstraZeneca"sv, 2007},
    {"Alexion"sv, "AstraZeneca"sv, 2021}, {"Allergan"sv, "AbbVie"sv, 2020}, {"Borealis AI"sv, "RBC"sv, 2016},
    {"Layer 6"sv, "TD Bank"sv, 2018}, {"Layer 6 AI"sv, "TD Bank"sv, 2018}, {"JPMorgan Chase"sv, "J.P. Morgan"sv},
    {"J.P. Morgan AI Research"sv, "J.P. Morgan"sv}, {"JPMorgan AI Research"sv, "J.P. Morgan"sv}, {"JPMorgan"sv, "J.P. Morgan"sv},
    {"Walmart Labs"sv, "Walmart"sv}, {"Flipkart"sv, "Walmart"sv, 2018}, {"Philips Research"sv, "Philips"sv},
    {"Ericsson Research"sv, "Ericsson"sv}, {"Bell Laboratories"sv, "AT&T"sv, ever, 1995},
    {"Bell Laboratories"sv, "Lucent Technologies"sv, 1996, 2005}, {"Bell Laboratories"sv, "Alcatel-Lucent"sv, 2006, 2015},
    {"Bell Laboratories"sv, "Nokia"sv, 2016}, {"Bell Labs"sv, "AT&T"sv, ever, 1995},
    {"Bell Labs"sv, "Lucent Technologies"sv, 1996, 2005}, {"Bell Labs"sv, "Alcatel-Lucent"sv, 2006, 2015},
    {"Bell Labs"sv, "Nokia"sv, 2016}, {"Lucent Technologies"sv, "Alcatel-Lucent"sv, 2006}, {"Alcatel-Lucent"sv, "Nokia"sv, 2016},
    {"Nokia Bell Labs"sv, "Nokia"sv, 2016}, {"AT&T Labs"sv, "AT&T"sv}, {"AT&T Labs Research"sv, "AT&T"sv},
    {"AT&T Bell Laboratories"sv, "AT&T"sv}, {"Yahoo Labs"sv, "Yahoo"sv}, {"Yahoo Research"sv, "Yahoo"sv},
    {"Yahoo"sv, "Verizon"sv, 2017, 2020}, {"Yahoo"sv, "Apollo"sv, 2021}, {"AOL"sv, "Verizon"sv, 2015, 2020},
    {"AOL"sv, "Apollo"sv, 2021}, {"Disney Research"sv, "Disney"sv}, {"Pixar"sv, "Disney"sv, 2006}, {"Hulu"sv, "Disney"sv, 2019},
    {"NBCUniversal"sv, "Comcast"sv, 2011}, {"BBN Technologies"sv, "Raytheon"sv, 2009}, {"Raytheon BBN"sv, "Raytheon"sv, 2009},
    {"Raytheon"sv, "RTX"sv, 2020}, {"Sikorsky"sv, "Lockheed Martin"sv, 2015}, {"Orbital ATK"sv, "Northrop Grumman"sv, 2018},
    {"OpenAI LP"sv, "OpenAI"sv}, {"Global Illumination"sv, "OpenAI"sv, 2023}, {"Rockset"sv, "OpenAI"sv, 2024},
    {"Cohere For AI"sv, "Cohere"sv}, {"Cohere Labs"sv, "Cohere"sv}, {"Gradio"sv, "Hugging Face"sv, 2021}, {"Arm"sv, "SoftBank"sv, 2016},
    {"Graphcore"sv, "SoftBank"sv, 2024}, {"Data61"sv, "CSIRO"sv, 2016}, {"NICTA"sv, "CSIRO"sv, 2016},
    {"Flatiron Institute"sv, "Simons Foundation"sv}, {"CISPA"sv, "Helmholtz Association"sv, 2019},
    {"Max Planck Institute for Intelligent Systems"sv, "Max Planck Society"sv},
    {"Max Planck Institute for Informatics"sv, "Max Planck Society"sv},
    {"MPI for Intelligent Systems"sv, "Max Planck Society"sv},
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
    detail::stable_sort(rows, order);
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
        detail::sort(all);
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
            if (detail::find(families, family) == families.end()) families.push_back(std::move(family));
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
            const auto first = detail::lower_bound_by(table, key, &detail::family_row::key);
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
