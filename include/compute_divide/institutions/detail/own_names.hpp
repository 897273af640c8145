// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_OWN_NAMES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_OWN_NAMES_HPP

#include <string_view>

#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/known_organisations.hpp>

/// Names of institutions that others are taken for, and acronyms that several go by.
namespace compute_divide::detail::own_name_table {

using enum institution_type;

// Source: general knowledge; types as the Research Organization Registry has them (CC0).
// clang-format off
/// Heard before `known_organisations`.
inline constexpr known_organisation rows[] = {
    {education, "Pomona College", "pomona college"},
    {education, "Swarthmore College", "swarthmore college|swarthmore"},
    {education, "Williams College", "williams college"},
    {education, "Amherst College", "amherst college"},
    {education, "Wellesley College", "wellesley college"},
    {education, "Oberlin College", "oberlin college"},
    {education, "Reed College", "reed college"},
    {education, "Carleton College", "carleton college"},
    {education, "Bowdoin College", "bowdoin college"},
    {education, "Haverford College", "haverford college"},
    {education, "Grinnell College", "grinnell college"},
    {education, "Smith College", "smith college"},
    {education, "Colgate University", "colgate university|colgate"},
    {education, "Middlebury College", "middlebury college"},
    {education, "Vassar College", "vassar college"},
    {education, "Bryn Mawr College", "bryn mawr college"},
    {education, "Barnard College", "barnard college"},
    {education, "Hunter College", "hunter college"},
    {education, "Baruch College", "baruch college"},
    {education, "Queen Mary University of London", "queen mary university of london|queen mary university|queen mary|qmul"},
    {education, "Université Grenoble Alpes", "universite grenoble alpes|univ grenoble alpes|grenoble alpes"},
    {education, "Nagoya Institute of Technology", "nagoya institute of technology|nitech"},
    {education, "Jamia Hamdard", "jamia hamdard"},
    {education, "ENS Lyon", "ens lyon|ens de lyon|ecole normale superieure de lyon|ecole normale superieure lyon"},
    {education, "ENS Paris-Saclay", "ens cachan|ens paris saclay|ecole normale superieure paris saclay|ecole normale superieure de cachan"},
    {education, "ENS Rennes", "ens rennes|ecole normale superieure de rennes"},
    {education, "CentraleSupélec", "centralesupelec|centrale supelec|supelec"},
    {education, "Paris Dauphine University", "paris dauphine|universite paris dauphine"},
    {education, "École Centrale de Lille", "centrale lille|ecole centrale de lille|ecole centrale lille"},
    {education, "École Centrale de Nantes", "centrale nantes|ecole centrale de nantes|ecole centrale nantes"},
    {education, "École Centrale de Lyon", "centrale lyon|ecole centrale de lyon|ecole centrale lyon"},
    {education, "Centrale Marseille", "centrale marseille|ecole centrale de marseille|ecole centrale marseille"},
    {education, "Indian Institute of Technology Bombay", "iit bombay|indian institute of technology bombay|iitb|iit mumbai"},
    {education, "Indian Institute of Technology Delhi", "iit delhi|indian institute of technology delhi|iitd"},
    {education, "Indian Institute of Technology Madras", "iit madras|indian institute of technology madras|iitm|iit chennai"},
    {education, "Indian Institute of Technology Kanpur", "iit kanpur|indian institute of technology kanpur|iitk"},
    {education, "Indian Institute of Technology Kharagpur", "iit kharagpur|indian institute of technology kharagpur|iit kgp"},
    {education, "Indian Institute of Technology Roorkee", "iit roorkee|indian institute of technology roorkee"},
    {education, "Indian Institute of Technology Guwahati", "iit guwahati|indian institute of technology guwahati"},
    {education, "Indian Institute of Technology Hyderabad", "iit hyderabad|indian institute of technology hyderabad"},
    {education, "Indian Institute of Technology Gandhinagar", "iit gandhinagar|indian institute of technology gandhinagar"},
    {education, "Indian Institute of Technology Patna", "iit patna|indian institute of technology patna"},
    {education, "Indian Institute of Technology Ropar", "iit ropar|indian institute of technology ropar"},
    {education, "Indian Institute of Technology Mandi", "iit mandi|indian institute of technology mandi"},
    {education, "Indian Institute of Technology Indore", "iit indore|indian institute of technology indore"},
    {education, "Indian Institute of Technology Jodhpur", "iit jodhpur|indian institute of technology jodhpur"},
    {education, "Indian Institute of Technology Bhubaneswar", "iit bhubaneswar|indian institute of technology bhubaneswar"},
    {education, "Indian Institute of Technology Tirupati", "iit tirupati|indian institute of technology tirupati"},
    {education, "Indian Institute of Technology Dhanbad", "iit dhanbad|indian institute of technology dhanbad|iit ism dhanbad"},
    {education, "Indian Institute of Technology Palakkad", "iit palakkad|indian institute of technology palakkad"},
    {education, "Indian Institute of Technology Jammu", "iit jammu|indian institute of technology jammu"},
    {education, "Indian Institute of Technology Goa", "iit goa|indian institute of technology goa"},
    {education, "Indian Institute of Technology Bhilai", "iit bhilai|indian institute of technology bhilai"},
    {education, "Indian Institute of Technology Dharwad", "iit dharwad|indian institute of technology dharwad"},
    {education, "Indian Institute of Technology (BHU) Varanasi", "iit bhu|indian institute of technology bhu|iit varanasi|iit bhu varanasi|indian institute of technology varanasi"},
    {education, "Illinois Institute of Technology", "illinois institute of technology|illinois inst technol|iit chicago|illinois tech"},
    {education, "Georgia Institute of Technology", "georgia inst technol"},
    {education, "Massachusetts Institute of Technology", "massachusetts inst technol|mit media lab"},
    {education, "Tokyo Institute of Technology", "tokyo inst technol"},
    {education, "Harbin Institute of Technology", "harbin inst technol"},
    {education, "ETH Zurich", "swiss fed inst technol|eth zentrum"},
    {education, "California Institute of Technology", "calif inst technol|caltech"},
    {education, "Karlsruhe Institute of Technology", "karlsruhe inst technol"},
    {education, "Beijing Institute of Technology", "beijing inst technol"},
    {education, "Université Claude Bernard Lyon 1", "claude bernard lyon 1|universite claude bernard|univ claude bernard|universite lyon 1|univ lyon 1"},
    {education, "Universidad Pontificia Comillas", "universidad pontificia comillas|comillas"},
    {education, "National University of Singapore", "yale nus"},
    {education, "Friedrich-Alexander-Universität Erlangen-Nürnberg", "fau erlangen|friedrich alexander universitat|friedrich alexander university|=fau"},
    {education, "Australian National University", "=anu|australian national university"},
    {education, "Hasso Plattner Institute", "=hpi|hasso plattner institute|hasso plattner institut"},
    {education, "University of Zurich", "=uzh"},
    {education, "Tilburg University", "tilburg u|=tilburg"},
    {education, "Lahore University of Management Sciences", "lums"},
    {education, "SOAS University of London", "soas"},
    {education, "Ghent University", "=ugent"},
    {education, "University of Electronic Science and Technology of China", "=uestc"},
    {education, "Beijing University of Posts and Telecommunications", "=bupt"},
    {education, "Huazhong University of Science and Technology", "=hust"},
    {education, "National University of Defense Technology", "=nudt"},
    {education, "Beihang University", "=buaa"},
    {education, "Johannes Kepler University Linz", "=jku|jku linz"},
    {education, "Otto von Guericke University Magdeburg", "=ovgu"},
    {facility, "Chinese Academy of Sciences", "iscas|=casia"},
    {facility, "Woods Hole Oceanographic Institution", "woods hole oceanographic institution|woods hole oceanog inst|whoi"},
    {government, "British Geological Survey", "british geological survey"},
    {nonprofit, "National Bureau of Economic Research", "national bureau of economic research|natl bur econ res|nber"},
    {facility, "BRGM", "bureau de recherches geologiques et minieres|brgm"},
    {nonprofit, "Population Reference Bureau", "population reference bureau"},
    {nonprofit, "Software Heritage", "software heritage"},
    {nonprofit, "Semiconductor Research Corporation", "semiconductor research corporation"},
    {company, "Samsung", "samsung advanced institute of technology|samsung advanced inst technol|sait ai lab|sait suwon"},
    {company, "Rakuten", "rakuten institute of technology"},
    {facility, "Embrapa", "brazilian agricultural research corporation|empresa brasileira de pesquisa agropecuaria|embrapa"},
};

/// An acronym and one of those who go by it. Told by the cities or the country that stand in the text; the sense whose
/// country begins with "*" is meant where none is stated.
struct acronym_sense {
    std::string_view acronym, country, cities;
    institution_type type;
    std::string_view name;
};
inline constexpr acronym_sense acronyms[] = {
    {"mit", "*US", "cambridge|boston|massachusetts", education, "Massachusetts Institute of Technology"},
    {"mit", "IN", "manipal|pune|chennai|muzaffarpur", education, ""},
    {"iit", "IN", "bombay|delhi|madras|kanpur|kharagpur|roorkee|guwahati|hyderabad|mumbai|chennai", education, ""},
    {"iit", "IT", "genova|genoa|milan|milano|torino|turin|pontedera", facility, "Istituto Italiano di Tecnologia"},
    {"iit", "US", "chicago|illinois|il", education, "Illinois Institute of Technology"},
    {"nit", "IN", "hamirpur|trichy|calicut|warangal|surathkal|rourkela|durgapur|allahabad", education, ""},
    {"nit", "JP", "nagoya", education, "Nagoya Institute of Technology"},
    {"ucb", "US", "berkeley|california", education, "University of California, Berkeley"},
    {"ucb", "BE", "brussels|bruxelles|braine l alleud", company, "UCB"},
    {"ucb", "GB", "slough", company, "UCB"},
    {"ucb", "DE", "monheim", company, "UCB"},
    {"ucb", "FR", "lyon|villeurbanne", education, "Université Claude Bernard Lyon 1"},
    {"sait", "KR", "suwon|yongin|giheung|samsung", company, "Samsung"},
    {"sait", "CA", "calgary|alberta", education, "Southern Alberta Institute of Technology"},
    {"usc", "*US", "los angeles|california", education, "University of Southern California"},
    {"usc", "ES", "santiago de compostela|santiago", education, "University of Santiago de Compostela"},
    {"usc", "AU", "sippy downs|queensland", education, "University of the Sunshine Coast"},
    {"um", "US", "ann arbor|michigan|mi", education, "University of Michigan"},
    {"um", "MO", "macau|macao|taipa", education, "University of Macau"},
    {"um", "MY", "kuala lumpur", education, "University of Malaya"},
    {"um", "ES", "murcia", education, "University of Murcia"},
    {"isi", "US", "marina del rey|los angeles|california", education, "University of Southern California"},
    {"isi", "IN", "kolkata|calcutta|bangalore|delhi", education, "Indian Statistical Institute"},
    {"isi", "IT", "torino|turin", facility, "ISI Foundation"},
    {"cmu", "*US", "pittsburgh|pennsylvania|pa", education, "Carnegie Mellon University"},
    {"cmu", "TH", "chiang mai", education, "Chiang Mai University"},
    {"cmu", "", "mount pleasant", education, "Central Michigan University"},
    {"ntu", "*SG", "singapore", education, "Nanyang Technological University"},
    {"ntu", "TW", "taipei", education, "National Taiwan University"},
    {"ntu", "GB", "nottingham", education, "Nottingham Trent University"},
    {"ucl", "*GB", "london", education, "University College London"},
    {"ucl", "BE", "louvain la neuve|louvain", education, "UCLouvain"},
    {"smu", "SG", "singapore", education, "Singapore Management University"},
    {"smu", "US", "dallas|texas|tx", education, "Southern Methodist University"},
    {"icar", "IN", "new delhi|karnal|hyderabad|pusa", government, "Indian Council of Agricultural Research"},
    {"osu", "US", "columbus|ohio|oh", education, "Ohio State University"},
    {"osu", "", "corvallis|oregon|or", education, "Oregon State University"},
    {"osu", "", "stillwater|oklahoma|ok", education, "Oklahoma State University"},
    {"osu", "JP", "osaka|sakai", education, "Osaka Prefecture University"},
};
// clang-format on

}  // namespace compute_divide::detail::own_name_table

#endif
