// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/classifier.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

const cd::classifier& who() {
    static const cd::classifier built;
    return built;
}

std::string sectors(const cd::affiliation& found) {
    std::string names;
    for (const cd::sector each : found.sectors) names.append(names.empty() ? "" : "+").append(cd::name_of(each));
    return names;
}

}  // namespace

TEST_CASE("sectors of affiliations") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        // words within words
        {"Department of Physics, University of Cincinnati", "academia"},
        {"Texas A&M University, Corpus Christi, TX", "academia"},
        {"University of Evansville, Evansville, IN", "academia"},
        {"Province Hospital of Traditional Medicine", "healthcare"},
        {"University of Colorado, Boulder, CO", "academia"},
        {"Cincinnati, Province of Corpus Christi", "unknown"},
        {"Texas A&M University, College Station", "academia"},
        // who takes whom over
        {"University Hospital Zurich", "healthcare"},
        {"Seoul National University Bundang Hospital, Seongnam", "healthcare"},
        {"Huashan Hospital, Fudan University", "academia+healthcare"},
        {"University of Foo and Bar Hospital", "academia+healthcare"},
        {"Institute of Things Inc.", "industry"},
        {"Institute of Things, Inc.", "industry"},
        {"Hitachi General Hospital", "healthcare"},
        {"Oak Ridge National Laboratory, operated by the University of Tennessee", "facility"},
        {"Foo National Laboratory, managed by the University of Bar", "facility"},
        {"School of Medicine, University of Foo", "academia"},
        {"Institute of Physics, University of Foo", "academia"},
        {"Institute of Physics, Chinese Academy of Sciences", "facility"},
        {"University of Chinese Academy of Sciences", "academia"},
        {"Department of Pharmaceutical Chemistry, University of Foo", "academia"},
        // several
        {"MIT-IBM Watson AI Lab", "academia+industry"},
        {"FAIR, Menlo Park; Mila", "industry+facility"},
        {"Stanford University + Google Brain", "academia+industry"},
        {"University of Bern/AstraZeneca", "academia+industry"},
        {"Courant Institute and Google, New York, NY 10012", "academia+industry"},
        {"Carnegie Mellon University & Petuum Inc.", "academia+industry"},
        {"Inria - École Normale Supérieure", "academia+facility"},
        // nothing said
        {"Department of Computer Science", "unknown"},
        {"Independent Researcher", "unknown"},
        {"", "unknown"},
        {" , ;; ", "unknown"},
        // places
        {"Boston Scientific", "industry"},
        {"Texas Instruments, Dallas", "industry"},
        {"Boston Dynamics", "industry"},
        {"Shenzhen Widgets Co., Ltd.", "industry"},
        {"NEC Laboratories America, Princeton, NJ", "industry"},
        // forms of writing
        {"SUN YAT-SEN UNIVERSITY", "academia"},
        {"Univeristy of Foo", "academia"},
        {"Unversity of Foo", "academia"},
        {"Universit´e de Foo", "academia"},
        {"Universit&eacute; de Foo", "academia"},
        {"1University of Foo", "academia"},
        {"#N#Foo State University#N#", "academia"},
        {"Inst. of Technol., Foo", "academia"},
        {"Lexington High School", "academia"},
        {"Lockheed Martin Space Systems Co.", "industry"},
        {"Widgets S.A.", "industry"},
        {"Widgets Research, Cornell University, Ithaca, New York, U.S.A.", "academia"},
        // languages
        {"北京大学", "academia"},
        {"東京大学医学部附属病院", "healthcare"},
        {"中国科学院自动化研究所", "facility"},
        {"华为技术有限公司", "industry"},
        {"株式会社フー", "industry"},
        {"서울대학교", "academia"},
        {"Московский государственный университет", "academia"},
        {"İstanbul Üniversitesi", "academia"},
        {"Hochschule München", "academia"},
        {"Uniwersytet Warszawski", "academia"},
        {"Budapesti Corvinus Egyetem", "academia"},
        {"Lapin yliopisto", "academia"},
        {"Ospedale Maggiore", "healthcare"},
        {"Universitätsklinikum Foo", "healthcare"},
        {"Widgets GmbH", "industry"},
        {"Widgets S.p.A.", "industry"},
        {"Widgets Oy, Helsinki", "industry"},
        // e-mail domains
        {"someone@google.com", "industry"},
        {"a.b@cs.foo.edu", "academia"},
        {"a.b@foo.ac.uk", "academia"},
        {"a.b@foo.gov", "government"},
        {"a.b@gmail.com", "unknown"},
        {"Stanford University, someone@google.com", "academia"},
        // the rest of the types
        {"Ministry of Health, Foo", "government"},
        {"Allen Institute for Artificial Intelligence", "nonprofit"},
        {"Max-Planck-Institut für Physik", "facility"},
        {"Max Planck Society, Munich", "nonprofit"},
        {"Natural History Museum, London", "other"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("traps of keyword lists") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        // letters of a legal form within a word or a place
        {"Cincinnati Children's Hospital", "healthcare"},
        {"University of Denver, Denver, CO, USA", "academia"},
        {"Hunan Province Education College", "academia"},
        {"Del Mar College, Corpus Christi", "academia"},
        {"Principality Library, Lincoln", "other"},
        {"Universidad de Foo, SA, Australia", "academia"},
        {"University of Salzburg, AS, Austria", "academia"},
        {"Natural History Museum, Denver CO", "other"},
        {"Foo Museum, Adelaide SA", "other"},
        // hospitals
        {"University Hospital", "healthcare"},
        {"University Hospital of Wales, Cardiff", "healthcare"},
        {"First Affiliated Hospital of Foo University", "healthcare"},
        {"Foo University Affiliated First People's Hospital", "academia+healthcare"},
        {"Bar Hospital Affiliated to Foo Medical University", "academia+healthcare"},
        {"School of Public Health and Health Services, University of Foo", "academia"},
        {"Royal Foo NHS Foundation Trust", "healthcare"},
        // a laboratory and who runs it
        {"Lawrence Berkeley National Laboratory, operated by the University of California", "facility"},
        {"Argonne National Laboratory", "facility"},
        {"Foo Research Center, operated by the University of Bar", "facility"},
        {"Jet Propulsion Laboratory, managed by Caltech", "facility"},
        // companies named as something else is
        {"Institute for Foo Research, Inc.", "industry"},
        {"Academy of Things Ltd", "industry"},
        {"University Games Inc", "industry"},
        {"Ohio Semiconductor Inc.", "industry"},
        {"Kyoto Widgets K.K.", "industry"},
        {"Amazon, Berlin", "industry"},
        {"Texas Instruments Incorporated", "industry"},
        {"Paris Software SARL", "industry"},
        {"Cambridge Consultants", "industry"},
        {"Vienna University of Technology", "academia"},
        // MIT and IBM
        {"MIT-IBM Watson AI Lab, Cambridge, MA", "academia+industry"},
        {"MIT IBM Watson AI Lab", "academia+industry"},
        // a company's foundation
        {"Novartis Foundation", "nonprofit"},
        {"Fondation Sanofi", "nonprofit"},
        {"Toyota Foundation Center for Foo, University of Bar", "academia"},
        {"Microsoft Foundation Models Team", "industry"},
        {"Google and Foo Foundation", "industry"},
        // nothing is said
        {"Department of Statistics", "unknown"},
        {"Dept. of Electrical Engineering", "unknown"},
        {"Computer Science Department, Pittsburgh, PA 15213", "unknown"},
        {"Independent", "unknown"},
        {"N/A", "unknown"},
        {"Unaffiliated", "unknown"},
        {"Trondheim, Norway", "unknown"},
        {"New York, NY", "unknown"},
        // high schools
        {"Phillips Exeter High School", "academia"},
        {"Gymnasium Foo, Hamburg", "academia"},
        {"Liceo Foo; Foo Secondary School", "academia"},
        // departments that are named as an agency is
        {"Department of Energy Systems Engineering, University of Foo", "academia"},
        {"Department of Biotechnology, Foo College", "academia"},
        {"US Department of Energy", "government"},
        // the centre of a university
        {"Center for Data Science + University of Foo", "academia"},
        {"Center for Data Science", "facility"},
        {"Center for Data Science; Department of Statistics", "facility"},
        {"UMR 1234, Université de Foo", "academia"},
        {"UMR 1234", "facility"},
        {"Leibniz-Institut für Foo e.V.", "facility"},
        // several institutions
        {"University of Foo and Google Research", "academia+industry"},
        {"University of Foo & Microsoft", "academia+industry"},
        {"University of Foo; Inria; Google", "academia+industry+facility"},
        {"University of Foo / NVIDIA", "academia+industry"},
        {"University of Foo | Apple", "academia+industry"},
        {"University of Foo, University of Foo", "academia"},
        {"Google; Google", "industry"},
        {"Max Planck Institute for Foo, Max-Planck-Institute", "facility"},
        // footnotes
        {"KAIST1 + Google2", "academia+industry"},
        {"Stanford University1, Microsoft Research12", "academia+industry"},
        {"OpenAI\xE2\x88\x97 + UC Berkeley\xE2\x80\xA0", "academia+industry"},
        {"2University of Foo", "academia"},
        {"Data61", "facility"},
        // HTML entities, capitals, accents apart
        {"&Eacute;cole Polytechnique", "academia"},
        {"AT&amp;T Labs", "industry"},
        {"Universit&#228;t Foo", "academia"},
        {"UNIVERSITY OF FOO, DEPARTMENT OF PHYSICS", "academia"},
        {"GOOGLE INC.", "industry"},
        {"MINISTRY OF HEALTH", "government"},
        {"Universit \xC2\xB4"
         "e de Foo",
         "academia"},
        // misspelt
        {"Universtiy of Foo", "academia"},
        {"Univerisity of Foo", "academia"},
        {"Univesity of Foo", "academia"},
        {"Uiversity of Foo", "academia"},
        {"Unviersity of Foo", "academia"},
        {"Universty of Foo", "academia"},
        {"Foo Institue of Technology", "academia"},
        {"Georgia Instiute of Technology", "academia"},
        {"Max Plank Institute for Foo", "facility"},
        {"U. of Foo", "academia"},
        {"Microsft Research", "industry"},
        // e-mail domains
        {"x@research.google.com", "industry"},
        {"x@us.ibm.com", "industry"},
        {"x@mit.edu", "academia"},
        {"x@foo.edu.au", "academia"},
        {"x@foo.ac.jp", "academia"},
        {"x@uni-foo.de", "academia"},
        {"x@ia.ac.cn", "facility"},
        {"x@lanl.gov", "facility"},
        {"x@army.mil", "government"},
        {"x@inria.fr", "facility"},
        {"x@yahoo.com", "unknown"},
        {"x@ieee.org", "unknown"},
        {"x@foo.com", "unknown"},
        {"University of Foo, x@ibm.com", "academia"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("languages") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        {"Universität Wien", "academia"},
        {"Technische Hochschule Nürnberg", "academia"},
        {"Ministerium für Bildung", "government"},
        {"École supérieure de physique", "academia"},
        {"Université Grenoble Alpes", "academia"},
        {"Hôpital Saint-Antoine, Paris", "healthcare"},
        {"Laboratoire de mécanique", "facility"},
        {"Universidad de Sevilla", "academia"},
        {"Instituto Tecnológico de Morelia", "academia"},
        {"Ministerio de Sanidad", "government"},
        {"Fundación Foo", "nonprofit"},
        {"Università di Pavia", "academia"},
        {"Politecnico di Bari", "academia"},
        {"Azienda Ospedaliera di Padova", "healthcare"},
        {"Universidade do Minho", "academia"},
        {"Escola Superior de Tecnologia", "academia"},
        {"Universiteit Hasselt", "academia"},
        {"Hogeschool Utrecht", "academia"},
        {"Ziekenhuis Oost-Limburg", "healthcare"},
        {"Lunds universitet", "academia"},
        {"Högskolan i Borås", "academia"},
        {"Københavns Universitet", "academia"},
        {"Rigshospitalet Sygehus", "healthcare"},
        {"Høgskolen i Østfold", "academia"},
        {"Oslo universitetssykehus", "healthcare"},
        {"Turun yliopisto", "academia"},
        {"Metropolia Ammattikorkeakoulu", "academia"},
        {"Háskóli Íslands", "academia"},
        {"Politechnika Gdańska", "academia"},
        {"Szpital Kliniczny", "healthcare"},
        {"Univerzita Karlova", "academia"},
        {"České vysoké učení technické", "academia"},
        {"Debreceni Egyetem", "academia"},
        {"Universitatea din București", "academia"},
        {"Sveučilište u Zagrebu", "academia"},
        {"Univerzitet u Beogradu", "academia"},
        {"Boğaziçi Üniversitesi", "academia"},
        {"Ankara Şehir Hastanesi", "healthcare"},
        {"Universitas Gadjah Mada", "academia"},
        {"Đại học Bách khoa", "academia"},
        {"Πανεπιστήμιο Πατρών", "academia"},
        {"Казанский федеральный университет", "academia"},
        {"Министерство здравоохранения", "government"},
        {"ООО Ромашка", "industry"},
        {"Харківський національний університет", "academia"},
        {"浙江大学", "academia"},
        {"北京电影学院", "academia"},
        {"上海自动化研究所", "facility"},
        {"深圳市某某科技有限公司", "industry"},
        {"京都大学", "academia"},
        {"理化学研究所", "facility"},
        {"トヨタ自動車株式会社", "industry"},
        {"한양대학교", "academia"},
        {"한국전자통신연구원", "facility"},
        {"주식회사 카카오", "industry"},
        {"جامعة القاهرة", "academia"},
        {"مستشفى الملك", "healthcare"},
        {"دانشگاه تهران", "academia"},
        {"אוניברסיטת תל אביב", "academia"},
        {"दिल्ली विश्वविद्यालय", "academia"},
        {"ঢাকা বিশ্ববিদ্যালয়", "academia"},
        {"มหาวิทยาลัยมหิดล", "academia"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

// Kinds of strings that go wrong where names are looked for anywhere in a text: places, streets, postcodes, legal forms
// that are words, benefactors and namesakes, companies' institutes, abbreviations of Web of Science, central banks,
// agencies, departments. The strings are made up, the answers a reader's.
TEST_CASE("names count where institutions can stand") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        {"Kobe University, Kawasaki, Japan", "academia"},
        {"Gakushuin University, Sony-cho, Tokyo, Japan", "academia"},
        {"University of Foo, Bell, California, USA", "academia"},
        {"Acme Inc, Merck, Germany", "industry"},
        {"Nissan Motor Co., Ltd., Yokohama, Japan", "industry"},
        {"Booz Allen Hamilton, McLean, VA 22102", "industry"},
        {"Acme Corp, University Park, PA, USA", "industry"},
        {"Exxon, College Station, TX", "industry"},
        {"Widgets LLC, Princeton, NJ, USA", "industry"},
        {"Spa Hotel Research Group, University of Foo, Spa, Belgium", "academia"},
        {"Hospital Bad Foo, Leamington Spa, UK", "healthcare"},
        {"Prysmian S.p.A., Milano", "industry"},
        {"Eni SpA, Rome, Italy", "industry"},
        {"Leiden University, 2333 AG Leiden, The Netherlands", "academia"},
        {"Utrecht University, 3584 CO Utrecht", "academia"},
        {"VU University, 1081 HV Amsterdam, The Netherlands", "academia"},
        {"TU Delft, 2628 CD Delft, Netherlands", "academia"},
        {"University of Groningen, 9747 AG Groningen, The Netherlands", "academia"},
        {"Wageningen University, 6708 PB Wageningen", "academia"},
        {"University of Adelaide, Adelaide SA 5005, Australia", "academia"},
        {"University of Colorado, Boulder, CO 80309", "academia"},
        {"University of Alberta, Edmonton, AB, Canada", "academia"},
        {"TU Munich, Siemensstrasse 3, Munich", "academia"},
        {"University of Stuttgart, Daimlerstraße 5, 70372 Stuttgart", "academia"},
        {"Sapienza University, Via Enrico Fermi 5, Roma", "academia"},
        {"Acme S.r.l., Via dell'Università 10, Parma, Italy", "industry"},
        {"Acme S.L., Calle Universidad 3, Zaragoza, Spain", "industry"},
        {"Acme B.V., Universiteitsweg 100, Utrecht", "industry"},
        {"Acme Lda, Rua da Universidade 7, Coimbra, Portugal", "industry"},
        {"Acme Inc., 100 University Avenue, Palo Alto, CA", "industry"},
        {"University of Cambridge, 15 JJ Thomson Avenue, Cambridge CB3 0FD, UK", "academia"},
        {"Siemens Hall, University of Foo", "academia"},
        {"Intel Science Center, University of Foo", "academia"},
        {"The Boeing Center, Washington University in St. Louis", "academia"},
        {"Chevron School of Engineering, University of Foo", "academia"},
        {"Ford Foundation", "nonprofit"},
        {"Eli Lilly Chair of Chemistry, Purdue University", "academia"},
        {"Samsung Library, Sungkyunkwan University", "academia"},
        {"Mars Institute, University of Foo", "academia"},
        {"Microsoft Chair in Computer Science, University of Foo", "academia"},
        {"Toyota Technological Institute, Nagoya", "academia"},
        {"Hyundai University, Seoul", "academia"},
        {"Shell University, Foo", "academia"},
        {"Ford College, Foo", "academia"},
        {"Tata University, Mumbai", "academia"},
        {"Merck College, Darmstadt", "academia"},
        {"Visa University, Bucharest", "academia"},
        {"Baker College, Michigan", "academia"},
        {"Oracle College, Foo, USA", "academia"},
        {"Orange County Hospital, California", "healthcare"},
        {"Target Malaria, Imperial College London", "academia"},
        {"Uber Rüdenberg Institute, University of Foo", "academia"},
        {"Oracle Bones Laboratory, Henan University", "academia"},
        {"Meta-Analysis Group, University of Foo", "academia"},
        {"LG Electronics Institute of Technology", "industry"},
        {"Hyundai Institute of Technology", "industry"},
        {"Honda Research Institute Japan", "industry"},
        {"Toyota Research Institute, Los Altos", "industry"},
        {"Bosch Center for Artificial Intelligence", "industry"},
        {"Panasonic R&D Center", "industry"},
        {"Novartis Institutes for BioMedical Research", "industry"},
        {"MIT, Dept Phys, Cambridge, MA 02139 USA", "academia"},
        {"Univ Calif Berkeley, Dept Phys, Berkeley, CA 94720 USA", "academia"},
        {"Royal Inst Technol, Stockholm, Sweden", "academia"},
        {"Indian Inst Technol, Dept Math, Kanpur, Uttar Pradesh, India", "academia"},
        {"Natl Inst Technol, Rourkela, India", "academia"},
        {"Chalmers Univ Technol, Gothenburg, Sweden", "academia"},
        {"Polish Acad Sci, Inst Phys, Warsaw, Poland", "facility"},
        {"Oak Ridge Natl Lab, Oak Ridge, TN 37831 USA", "facility"},
        {"Massachusetts Gen Hosp, Boston, MA USA", "healthcare"},
        {"Deutsche Bundesbank, Frankfurt", "government"},
        {"Federal Bureau of Investigation", "government"},
        {"Bureau of Meteorology, Melbourne", "government"},
        {"National Archives, Kew", "other"},
        {"Department of Immunology and Therapeutics, University of Foo", "academia"},
        {"Department of Biologics and Pharmaceuticals, Foo Hospital", "healthcare"},
        {"Department of Immunology and Therapeutics", "unknown"},
        {"Laboratoire des Technologies Innovantes, Université de Picardie", "academia"},
        {"UMR Technologies et Systèmes, Université de Foo", "academia"},
        {"School of Electronics, University of Foo", "academia"},
        {"Faculty of Robotics, Foo University", "academia"},
        {"Center for Diagnostics, University of Foo", "academia"},
        {"Instituto Federal de Educação, Ciência e Tecnologia de Goiás", "academia"},
        {"Instituto Federal Goiano", "academia"},
        {"Instituto Federal do Rio Grande do Norte, Natal, Brazil", "academia"},
        {"IFPR - Instituto Federal do Paraná, Curitiba", "academia"},
        {"Centro Federal de Educação Tecnológica de Minas Gerais", "academia"},
        {"USC, Los Angeles", "academia"},
        {"USC, Santiago de Compostela, Spain", "academia"},
        {"UCB Pharma, Brussels, Belgium", "industry"},
        {"UM, Ann Arbor, MI", "academia"},
        {"ISI Kolkata, India", "academia"},
        {"MIT, Manipal, India", "academia"},
        {"IIT, Genova, Italy", "facility"},
        {"NIT Trichy, India", "academia"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
    constexpr row others[] = {
        // of whatever sector, not of this
        {"Amazon Institute of People and the Environment, Belem, Brazil", "industry"},
        {"Shell Museum, Sanibel", "industry"},
        {"Apple Research Station, Shimla, India", "industry"},
        {"Wave Energy Centre, Lisbon", "industry"},
        {"European Central Bank, Frankfurt", "industry"},
        {"Federal Reserve Bank of New York", "industry"},
        {"Reserve Bank of India", "industry"},
        {"Banco de España, Madrid", "industry"},
        {"Banca d'Italia", "industry"},
        {"Bank of England", "industry"},
        {"Central Bank of Chile", "industry"},
        {"Sveriges Riksbank", "industry"},
        {"Tennessee Valley Authority", "industry"},
        {"Agricultural Development Corporation, Kenya", "industry"},
        {"British Broadcasting Corporation", "academia"},
        {"Korea Land and Housing Corporation", "academia"},
        {"Bureau de Recherches Géologiques et Minières, Orléans", "government"},
        {"International Bureau of Weights and Measures", "industry"},
        {"Population Reference Bureau", "government"},
        {"Software Sustainability Institute, Edinburgh", "industry"},
        {"Robotics Society of Japan", "industry"},
        {"Electronics Research Institute, Cairo", "industry"},
        {"Institut des Technologies Avancées, Tunis", "industry"},
        {"ISI, Torino, Italy", "academia"},
    };
    for (const row& each : others) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)).find(each.sectors) == std::string::npos);
    }
}

TEST_CASE("names of firms stand where cities do") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        // first, before a place
        {"Zyxwvia, USA", "industry"},
        {"Zyxwvia S.A., Luxembourg", "industry"},
        {"Hitachi, Ltd. R&D Group, Japan", "industry"},
        {"DeepMind London, N1C 4AG, UK", "industry"},
        {"Vision Lab, Baidu Research, 10900 NE 8th St. Bellevue, Washington 98004, USA", "industry"},
        {"Applied Technology Group, Rolls-Royce Singapore, 6 Foo Rise, Singapore 797575", "industry"},
        {"Trondheim, Norway", "unknown"},
        {"12 Zyxwvia Street, London, UK", "unknown"},
        // groups and teams
        {"Zyxwvia Group", "industry"},
        {"Zyxwvia Research Team, UK", "industry"},
        {"Computer Vision Group", "unknown"},
        {"AI Lab of China Merchants Bank", "industry"},
        // joined to another
        {"Babelscape & Sapienza University of Rome", "academia+industry"},
        {"Unbabel and Instituto de Telecomunicações, Lisbon, Portugal", "industry+facility"},
        {"Physics & University of Foo", "academia"},
        {"Babylon + University of Foo", "academia+industry"},
        {"Google\xE2\x99\xADUniversity of Foo", "academia+industry"},
        {"Acme Robotics Ltd, Babylon, USA", "industry"},
        // a benefactor
        {"Department of Chemistry, Unilever Centre for Foo, Cambridge, UK", "facility"},
        // institutes of India teach
        {"Foo Institute of Bar Engineering, Ahmedabad, India", "academia"},
        {"Foo Research Institute, Ahmedabad, India", "facility"},
        {"Foo Institute of Bar Engineering, Paris, France", "facility"},
        // what units work on
        {"Foo Robotics Laboratory", "facility"},
        {"Mechanical and Aerospace Engineering Department", "unknown"},
        {"Foo Robotics", "industry"},
        // a university by its town
        {"Department of Biostatistics, Harvard, Cambridge, MA", "academia"},
        {"Department of Computer Science, Stanford, USA", "academia"},
        {"Acme Robotics Ltd, Stanford, USA", "industry"},
        {"UC, Berkeley", "academia"},
        {"UT at Austin, USA", "academia"},
        {"Dept. of Physics, Washington U., St. Louis, MO 63130", "academia"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("what a hospital is, and a government") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        {"Foo Medical College and Hospital", "academia"},
        {"Foo Dental College & Hospital, Chennai, India", "academia"},
        {"Centre d'Investigation Clinique", "facility"},
        {"Clinique Saint-Foo, Paris", "healthcare"},
        {"Foo Hospital Research Institute", "facility"},
        {"School of Hospitality, Foo", "academia"},
        {"Foo Hospital and University of Bar", "academia+healthcare"},
        {"Department of Defence, Canberra", "government"},
        {"Department for Education, London, UK", "government"},
        {"Foo Institute of Bar, Foo Meteorological Administration", "government"},
        {"Engineering Research Center of Foo, Ministry of Education", "facility"},
        {"Key Laboratory of Foo of Ministry of Education, China", "facility"},
        {"Foo Research Council", "government"},
        {"Foo Regional Council", "government"},
        {"Foo Metrology Institute", "government"},
        {"Department of Metrology, University of Foo", "academia"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("banks, offices and streets by their kinds") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        // central banks, and others
        {"National Bank of Kazakhstan, Almaty", "government"},
        {"Eesti Pank, Tallinn", "government"},
        {"African Development Bank, Abidjan", "government"},
        {"National Bank of Canada, Montreal", "industry"},
        {"Danske Bank, Copenhagen", "industry"},
        {"Svalbard Seed Bank, Norway", "facility"},
        {"Blood Bank of Delhi, India", "healthcare"},
        // corporations that are none
        {"Brihanmumbai Municipal Corporation, Mumbai", "government"},
        {"Ayuntamiento de Norrby", "government"},
        {"Statistics Norway, Oslo", "government"},
        // streets in which no model of roles sees one, and places
        {"Initech GmbH, Am Klinikum 1, Jena", "industry"},
        {"Initech SAS, Esplanade de l'Université, Brest", "industry"},
        {"Initech Ltd, 3 Clinic Street, Leeds", "industry"},
        {"Initech Ltd, College, Alaska", "industry"},
        {"Keio University, Fujitsu-cho, Yokohama", "academia"},
        {"University of Tampere, Nokia, Finland", "academia"},
        {"University of Tampere and Nokia, Finland", "academia+industry"},
        // halls and academies of benefactors
        {"Hyundai Motor Hall, Korea University", "academia"},
        {"Huawei ICT Academy, University of Johannesburg", "academia"},
        {"Mozilla Hall, University of Foo", "academia"},
        {"Tesla Memorial Museum, Zagreb", "other"},
        // laboratories of firms
        {"Canon Research Centre France", "industry"},
        {"HP Laboratories, Bristol", "industry"},
        {"Apple Research Station, Nova Scotia", "facility"},
        // what a department works on
        {"Department of Holding Company Law, University of Graz", "academia"},
        {"Department of Hospital Pharmacy, University of Groningen", "academia"},
        {"Python Software Foundation", "nonprofit"},
        // a hospital without a name of its own is its university's
        {"Stomatology Hospital, School of Stomatology, University of Foo, China", "academia"},
        {"The First Affiliated Hospital, University of Foo, China", "academia+healthcare"},
        {"Gil Hospital, University of Foo, Korea", "academia+healthcare"},
        // a section that names an institution again has one
        {"University of Foo+MIT+MIT Center for Brains, Minds and Machines", "academia"},
        {"University of Foo + Guangdong Center for Economy (SZQ), Shenzhen, China", "academia"},
        {"Machine Learning+University of Foo", "academia"},
        // abbreviations
        {"Nara Inst Sci & Technol, Nara, Japan", "academia"},
        {"CNRS & U. Lille, France", "academia+facility"},
        {"Inst Fed Parana, Curitiba, Brazil", "academia"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("strings of a registry are read as it reads them") {
    constexpr std::string_view text = "Institute of Automation, Chinese Academy of Sciences, Beijing";
    const auto ours = who()(text).institutions.at(0);
    CHECK(ours.type == cd::institution_type::facility);
    REQUIRE(ours.other_reading);
    CHECK(*ours.other_reading == cd::type_reading{cd::institution_type::government, cd::type_source::registry});
    const cd::classifier registered({.population = cd::affiliation_population::registry_strings});
    const auto theirs = registered(text).institutions.at(0);
    CHECK(theirs.type == cd::institution_type::government);
    CHECK(*theirs.other_reading == cd::type_reading{cd::institution_type::facility, cd::type_source::library});
    CHECK(sectors(registered(text)) == "government");
}

TEST_CASE("a hospital that a registry has no record of is its university's to it") {
    using enum cd::institution_type;
    const std::vector<cd::organisation> organisations{
        {"gachon", {{"Gachon University"}}, {education}, "KR", {"Incheon"}, {}},
        {"sacred", {{"Sacred Foo Hospital"}}, {healthcare}, "KR", {"Incheon"}, {}}};
    const auto registry = std::make_shared<const cd::registry>(organisations);
    const cd::classifier theirs(
        cd::classifier_options{.registry = registry, .population = cd::affiliation_population::registry_strings});
    const cd::classifier ours(cd::classifier_options{.registry = registry});
    constexpr std::string_view unlisted = "Bar Hospital, Gachon University, Incheon, Korea";
    constexpr std::string_view listed = "Sacred Foo Hospital, Gachon University, Incheon, Korea";
    CHECK(sectors(theirs(unlisted)) == "academia");
    CHECK(sectors(ours(unlisted)) == "academia+healthcare");
    CHECK(sectors(theirs(listed)) == "academia+healthcare");
    CHECK(sectors(theirs("Bar Hospital, Incheon, Korea")) == "healthcare");
}

TEST_CASE("regions that join two names are no firms") {
    for (const std::string_view text : {"Tyne & Wear, UK", "Brighton & Hove", "Newcastle, Tyne & Wear, UK",
                                        "Jammu & Kashmir, India", "Trinidad & Tobago"}) {
        CAPTURE(text);
        CHECK(who()(text).institutions.empty());
    }
    CHECK(sectors(who()("Acme & Sons, Leeds, UK")) == "industry");
    CHECK(sectors(who()("Newcastle University, Tyne & Wear, UK")) == "academia");
    CHECK(sectors(who()("Skoltech & Yandex")) == "academia+industry");
}

TEST_CASE("what outlasts a legal form") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        {"Society of Foo Engineers, Inc.", "nonprofit"},
        {"Foo Foundation Ltd", "nonprofit"},
        {"Foo Hospital GmbH", "healthcare"},
        {"University of Foo Inc", "academia"},
        {"Foo University, Inc.", "academia"},
        {"University Games Inc", "industry"},
        {"Institute of Foo, Inc.", "industry"},
        {"Foo gGmbH", "nonprofit"},
        {"FOO BAR SOCIEDAD LIMITADA", "industry"},
        {"FOO SPOLKA Z OGRANICZONA ODPOWIEDZIALNOSCIA", "industry"},
        {"FOO ANONYMI ETAIREIA", "industry"},
        {"Foo UAB", "industry"},
        {"Foo Odos A.E.", "industry"},
        {"Foo Reszvenytarsasag", "industry"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("what a PDF file does to a text is undone where nothing else is found") {
    const auto name = [](std::string_view text) {
        const auto found = who()(text);
        return found.institutions.empty() ? std::string() : found.institutions[0].name;
    };
    CHECK(name("LanguageTechnologiesInstitute,CarnegieMellonUniversity") == "Carnegie Mellon University");
    CHECK(name("TokyoInstituteofTechnology,Japan") == "Tokyo Institute of Technology");
    CHECK(name("KAIST1") == "KAIST");
    CHECK(name("Inria2") == "Inria");
    CHECK(name("Data61") == "CSIRO");
    CHECK(name("T encent") == "Tencent");
    CHECK(name("T\xC2\xB4 el\xC2\xB4 ecom Paris") == "Télécom Paris");
    CHECK(sectors(who()("FOO @CS.BAR .AC.IL")) == "academia");
    CHECK(who()("KAIST1").institutions[0].evidence == "KAIST1");
    std::string glued;  // in linear time
    while (glued.size() < 1 << 20) glued += "FooBar of";
    CHECK(who()(glued).institutions.size() <= cd::classifier::most_institutions);
}

TEST_CASE("an acronym of several is told by the place, else not at all") {
    const auto name = [](std::string_view text) {
        const auto found = who()(text);
        return found.institutions.empty() ? std::string() : found.institutions[0].name;
    };
    CHECK(name("UCB, Berkeley, CA") == "University of California, Berkeley");
    CHECK(name("UCB, Brussels, Belgium") == "UCB");
    CHECK(name("UCB, Belgium") == "UCB");
    CHECK(name("UCB, Lyon") == "Université Claude Bernard Lyon 1");
    CHECK(name("UCB").empty());
    CHECK(name("IIT").empty());
    CHECK(name("IIT, Chicago") == "Illinois Institute of Technology");
    CHECK(name("IIT Bombay") == "Indian Institute of Technology Bombay");
    CHECK(name("MIT") == "Massachusetts Institute of Technology");
    CHECK(name("MIT, Manipal, India") == "MIT");
    CHECK(name("USC, Spain") == "University of Santiago de Compostela");
    CHECK(name("USC, Columbia, SC") == "University of South Carolina");
    CHECK(name("UW, Madison, WI") == "University of Wisconsin-Madison");
    CHECK(name("LMU, Los Angeles") == "Loyola Marymount University");
    CHECK(name("UNC, Córdoba, Argentina") == "Universidad Nacional de Córdoba");
    CHECK(name("KIT, Kyoto, Japan") == "Kyoto Institute of Technology");
    CHECK(name("KIT, Japan") == "KIT");
    // a place that is none of theirs leaves the type
    CHECK(name("NTU, Athens") == "NTU");
    CHECK(sectors(who()("NTU, Athens")) == "academia");
    CHECK(name("MIT World Peace University, Pune") == "MIT World Peace University");
    // each address speaks for itself, and for those that say nothing
    const cd::affiliation two = who()("MIT; University of Oxford, UK");
    REQUIRE(two.institutions.size() == 2);
    CHECK(two.institutions[0].name == "Massachusetts Institute of Technology");
    const cd::affiliation both = who()("LMU, Munich; LMU, Los Angeles; LMU, Munich, Germany");
    REQUIRE(both.institutions.size() == 2);
    CHECK(both.institutions[0].name == "LMU Munich");
    CHECK(both.institutions[1].name == "Loyola Marymount University");
    std::string many;  // in linear time
    while (many.size() < 1 << 20) many += "UCB, MIT; USC, UCB, LMU + ";
    CHECK(!who()(many).institutions.empty());
    CHECK(name("USC; Columbia University") == "University of Southern California");
    CHECK(name("UCB; Department of Physics, Boulder, CO") == "University of Colorado Boulder");
}

TEST_CASE("a list of hosts is read host by host") {
    const auto told = [](std::string_view text) {
        std::string all;
        for (const auto& each : who()(text).institutions)
            all.append(all.empty() ? "" : ", ").append(each.name).append(" ").append(cd::name_of(each.type));
        return all;
    };
    CHECK(told("temple.edu;google.com") == "temple.edu education, Google company");
    CHECK(told("robots.ox.ac.uk; nih.gov") == "robots.ox.ac.uk education, National Institutes of Health government");
    CHECK(told("ED.AC.UK;;gmail.com") == "ed.ac.uk education");
    CHECK(told("cs.foo.se;math.foo.dk") == "cs.foo.se education, math.foo.dk education");  // no Societas Europaea
    for (const std::string_view anyones : {"GMAIL.COM;163.com", "outlook.com", "qq.com"}) CHECK(told(anyones).empty());
    // letters alone make no firm of a host under a country or org
    for (const std::string_view host : {"tudelft.nl;umontreal.ca", "helsinki.fi", "jlab.org"})
        CHECK(told(host).find("company") == std::string::npos);
    CHECK(told("shannonai.com") == "shannonai.com company");
    CHECK(told("Lelivrescolaire.fr") == "Lelivrescolaire.fr company");
    CHECK(told("fb.com;allenai.org") == "Meta company, Allen Institute for Artificial Intelligence nonprofit");
    // an acronym's sense is the country's
    CHECK(told("lmu.de") == "LMU Munich education");
    CHECK(told("math.lmu.edu") == "Loyola Marymount University education");
    CHECK(told("dei.uc.pt;snu.ac.kr") == "University of Coimbra education, Seoul National University education");
    CHECK(told("mat.uc.cl;kit.edu") == "Karlsruhe Institute of Technology education");
    CHECK(told("University of Foo; bar.ac.jp") == "University of Foo education, bar.ac.jp education");
}

TEST_CASE("an institution has its own name") {
    for (const std::string_view text :
         {"Swarthmore College", "Williams College", "Pomona College", "Vassar College",
          "Queen Mary University of London", "Université Grenoble Alpes", "Woods Hole Oceanographic Institution",
          "Nagoya Institute of Technology", "Vrije Universiteit Brussel"}) {
        CAPTURE(text);
        REQUIRE(who()(text).institutions.size() == 1);
        CHECK(who()(text).institutions[0].name == text);
    }
}

TEST_CASE("a bare name is what most are in its population") {
    const auto told = [](cd::affiliation_population population) {
        return cd::classifier(cd::classifier_options{.population = population})("Zyxwvia + University of Foo");
    };
    CHECK(sectors(told(cd::affiliation_population::conference_papers)) == "academia+industry");
    CHECK(sectors(told(cd::affiliation_population::patents)) == "academia+industry");
    CHECK(sectors(told(cd::affiliation_population::registry_strings)) == "academia");
    // a name that is not like those of firms at conferences is read as a registry's
    for (const std::string_view text : {"ZYXWVIA ZYXWVOU", "Zyx Wvi Axy Wvo", "Zyx de Wvia"}) {
        CAPTURE(text);
        CHECK(who()(text) ==
              cd::classifier(cd::classifier_options{.population = cd::affiliation_population::registry_strings})(text));
    }
    // not so an address, a subject, or a department
    for (const std::string_view text :
         {"12 Zyx Street, Foo", "Computer Science", "Department of Zyx", "Paris, France"}) {
        CAPTURE(text);
        CHECK(sectors(who()(text)) == "unknown");
    }
}

TEST_CASE("a legal form behind a name makes a company") {
    for (const std::string_view form : {"Inc.",        "Inc",     "Incorporated", "Ltd",          "Ltd.",
                                        "LLC",         "L.L.C.",  "LLP",          "GmbH",         "gGmbH & Co. KG",
                                        "AG",          "KGaA",    "S.A.",         "SA",           "SpA",
                                        "S.p.A.",      "B.V.",    "BV",           "N.V.",         "NV",
                                        "K.K.",        "Co.",     "Co., Ltd.",    "Corp.",        "Oy",
                                        "Oyj",         "AB",      "A/S",          "ASA",          "ApS",
                                        "PLC",         "Pty Ltd", "Pvt. Ltd.",    "Pte Ltd",      "Ltda.",
                                        "S.r.l.",      "SARL",    "Sdn Bhd",      "d.o.o.",       "s.r.o.",
                                        "Sp. z o.o.",  "Kft",     "Zrt",          "S.A. de C.V.", "Limited",
                                        "Corporation", "Company"}) {
        const std::string text = "Zyxwv " + std::string(form);
        CAPTURE(text);
        CHECK(sectors(who()(text)) == "industry");
    }
}

TEST_CASE("confidences are those of the table") {
    const auto confidence = [](std::string_view text) { return who()(text).institutions.at(0).confidence; };
    CHECK(confidence("Google") > confidence("Zyxwv Inc."));
    CHECK(confidence("University of Foo") > confidence("School of Foo"));
    CHECK(confidence("University of Foo") > confidence("Bar Hospital"));
    CHECK(confidence("Foo National Laboratory") > confidence("Institute of Foo"));
    CHECK(confidence("Zyxwv Inc.") > confidence("Zyxwv Technologies"));
}

TEST_CASE("names, evidence and rules") {
    const std::string text = "Department of Physics, University of Foo; Google Brain";
    const cd::affiliation found = who()(text);
    REQUIRE(found.institutions.size() == 2);
    CHECK(found.institutions[0].name == "University of Foo");
    CHECK(found.institutions[0].type == cd::institution_type::education);
    CHECK(found.institutions[0].evidence == "University");
    CHECK(found.institutions[0].rule == cd::classifier_rule::type_word);
    CHECK(found.institutions[1].name == "Google");
    CHECK(found.institutions[1].evidence == "Google");
    CHECK(found.institutions[1].rule == cd::classifier_rule::known_organisation);
    CHECK(found.institutions[1].confidence <= 1);

    const cd::affiliation again = who()("Technion, Technion");
    REQUIRE(again.institutions.size() == 1);
    CHECK(again.institutions[0].name == "Technion – Israel Institute of Technology");

    const cd::affiliation mail = who()("a.b@cs.foo.edu");
    REQUIRE(mail.institutions.size() == 1);
    CHECK(mail.institutions[0].rule == cd::classifier_rule::email_domain);
    CHECK(mail.institutions[0].evidence == "cs.foo.edu");

    const cd::affiliation both = who()("University of Foo and Bar Hospital");
    REQUIRE(both.institutions.size() == 2);
    CHECK(both.institutions[0].name == "University of Foo");
    CHECK(both.institutions[1].name == "Bar Hospital");
}

TEST_CASE("independent authors have their own flag") {
    CHECK(who()("Independent Researcher").is_independent);
    CHECK(who()("Independent Researcher").institutions.empty());
    CHECK(!who()("Department of Physics").is_independent);
    CHECK(!who()("Independent Researcher, University of Foo").is_independent);
}

TEST_CASE("the user's names and words come first") {
    using enum cd::institution_type;
    cd::classifier_options options;
    options.organisations = {{nonprofit, "Alphabet's search engine", "google"}, {company, "Foo", "university of foo"}};
    options.words = {{archive, cd::word_strength::strong, "fonds"}};
    options.read_as = cd::sector_mapping{}.with(cd::sector::facility, cd::sector::academia);
    const cd::classifier mine(options);

    const cd::affiliation google = mine("Google Brain");
    REQUIRE(google.institutions.size() == 1);
    CHECK(google.institutions[0].name == "Alphabet's search engine");
    CHECK(google.institutions[0].rule == cd::classifier_rule::user);
    CHECK(google.institutions[0].confidence == 1);
    CHECK(sectors(google) == "nonprofit");
    CHECK(sectors(mine("University of Foo")) == "industry");
    CHECK(sectors(mine("Fonds Bar")) == "other");
    CHECK(sectors(mine("Inria")) == "academia");
    CHECK(sectors(who()("Inria")) == "facility");

    options.organisations = {{company, "nothing", ""}};
    CHECK_THROWS_AS(cd::classifier{options}, std::invalid_argument);
}

TEST_CASE("options switch rules off") {
    cd::classifier_options options;
    options.known = options.email_domains = options.learned = false;
    const cd::classifier words(options);
    CHECK(sectors(words("Google")) == "unknown");
    CHECK(sectors(words("a@foo.edu")) == "unknown");
    CHECK(sectors(words("University of Foo")) == "academia");
    options.learned = true;
    options.learned_threshold = 0;
    CHECK(sectors(cd::classifier(options)("Zyxwv")) != "unknown");
    CHECK(cd::classifier(options)("Zyxwv").institutions[0].rule == cd::classifier_rule::learned);
    options.learned_threshold = options.bare_threshold = 1;
    CHECK(sectors(cd::classifier(options)("Zyxwv")) == "unknown");
}

TEST_CASE("any bytes give a result, whose evidence is in the text") {
    const std::vector<std::string> texts = {
        std::string("MIT\0Google", 10),
        "\xFF\xFE University \xC3",
        "\xE2\x80\x8FGoogle\xE2\x80\x8F",
        std::string(1 << 20, 'a'),
        std::string(1 << 20, ','),
        std::string(1 << 18, '@'),
        "@",
        "@@.edu",
        ".",
        "a@.",
        "#N#",
        "#",
        "Inc.",
        ", Inc.",
        "& and &",
        "1Univ",
    };
    for (const std::string& text : texts)
        for (const cd::institution& each : who()(text).institutions) {
            const bool is_mail = each.rule == cd::classifier_rule::email_domain;
            CHECK((is_mail || text.find(each.evidence) != std::string_view::npos));
        }
    CHECK(sectors(who()(texts[0])) == "academia+industry");
    CHECK(sectors(who()(texts[1])) == "academia");
    CHECK(sectors(who()(texts[2])) == "industry");

    // linear time: any two names compared would be 10^10 comparisons
    for (const std::string_view repeated :
         {"University of Foo, ", "university ", "inc ", "university and ", "a@b.edu "}) {
        std::string many;
        while (many.size() < 1 << 20) many.append(repeated).append(std::to_string(many.size())).append(" ");
        CHECK(who()(many).institutions.size() <= cd::classifier::most_institutions);
    }
}

TEST_CASE("a megabyte of one word says what the word says, in linear time" * doctest::test_suite("long")) {
    const cd::classifier by_rules(cd::classifier_options{.learned = false});
    const cd::classifier with_user_terms(
        cd::classifier_options{.organisations = {{cd::institution_type::company, "Foo", "foo"}}, .learned = false});
    for (const std::string_view repeated : {"zyx ", "; ", "university ", "university; ", "大学", "google ", "startup ",
                                            "hospital, ", "inc; ", "foo ", "foo university, "}) {
        std::string many;
        while (many.size() < 1 << 20) many += repeated;
        for (const cd::classifier* const each : {&by_rules, &with_user_terms}) {
            CAPTURE(repeated);
            const cd::affiliation one = (*each)(repeated), all = (*each)(many);
            CHECK(sectors(all) == sectors(one));
            CHECK(all.institutions.size() == one.institutions.size());
        }
    }
}

TEST_CASE("with a registry, too, a megabyte takes linear time" * doctest::test_suite("long")) {
    using enum cd::institution_type;
    std::vector<cd::organisation> organisations{
        {"harvard", {{"Harvard University"}}, {education}, "US", {"Cambridge"}, {}},
        {"paris_7", {{"University of Paris 7"}}, {education}, "FR", {"Paris"}, {}},
        {"mit", {{"Foo"}, {"MIT", cd::name_kind::acronym}}, {education}, "US", {"Cambridge"}, {}},
        {"google", {{"Google"}}, {company}, "US", {"Mountain View"}, {}}};
    std::string all;
    for (int i = 0; i < 30'000; ++i) {
        const std::string name = "Zyx" + std::to_string(i) + " University";
        organisations.push_back({std::to_string(i), {{name}}, {education}, "US", {}, {}});
        all += name + "; ";
    }
    const cd::classifier with(
        cd::classifier_options{.registry = std::make_shared<const cd::registry>(organisations), .learned = false});
    for (const std::string_view repeated :
         {"Harvard University, ", "Harvard University, Paris, ", "MIT ", "university of paris 7; ", "Google; ", "7 "}) {
        CAPTURE(repeated);
        std::string many;
        while (many.size() < 1 << 20) many += repeated;
        const cd::affiliation one = with(repeated), found = with(many);
        CHECK(found.institutions.size() == one.institutions.size());
    }
    CHECK(with(all).institutions.size() == cd::classifier::most_institutions);
}

TEST_CASE("one classifier serves many threads") {
    const std::vector<std::string_view> texts = {"Google", "University of Foo; Inria", "Bar Hospital", "Zyx Inc."};
    std::vector<cd::affiliation> expected;
    for (const std::string_view text : texts) expected.push_back(who()(text));
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 2000; ++i)
                if (who()(texts[i % 4]) != expected[i % 4]) ++wrong[t];
        });
    for (std::thread& each : threads) each.join();
    CHECK(std::ranges::count(wrong, 0) == 4);
}

TEST_CASE("memory of earlier calls changes nothing") {
    cd::classifier::workspace memory;
    for (const std::string& text :
         {std::string("University of Foo; Google, Foo; Inria + Bar Hospital; a@b.edu"), std::string("Google"),
          std::string(), std::string(5000, 'a'), std::string("Independent Researcher"), std::string("\xFF University"),
          std::string("a.b@cs.foo.edu")}) {
        CAPTURE(text);
        CHECK(who()(text, memory) == who()(text));
    }
}

TEST_CASE("what one classifier remembers of words is not another's") {
    const auto registry_of = [](std::string_view name) {
        return std::make_shared<const cd::registry>(std::vector<cd::organisation>{
            {"one", {{std::string(name)}}, {cd::institution_type::facility}, "SE", {"Norrby"}, {}}});
    };
    std::vector<cd::classifier> all;
    all.emplace_back();
    all.emplace_back(cd::classifier_options{.known = false});
    all.emplace_back(cd::classifier_options{.registry = registry_of("Kestrel Norrland Orsa")});
    all.emplace_back(cd::classifier_options{.registry = registry_of("Norrland Kestrel Umbra Orsa")});
    cd::classifier::workspace memory;
    std::string many;
    for (int i = 0; i < 300; ++i) many += "word" + std::to_string(i) + " of Stanford University, Google Research, ";
    for (int round = 0; round < 3; ++round)
        for (const std::string& text :
             {std::string("Department of Computer Science, Stanford University, Stanford, CA 94305, USA"),
              std::string("Kestrel Norrland Orsa, Norrby, Sweden"),
              std::string("Norrland Kestrel Umbra Orsa, Norrby, Sweden"),
              std::string("Google Research, Mountain View, CA, USA; R&D Centre, Kestrel Inc., Norrby, Sweden"), many})
            for (const cd::classifier& each : all) {
                CAPTURE(text);
                CHECK(each(text, memory) == each(text));
            }
}

/// Affiliations made of a few parts that stand in many contexts, and of others that take their places in a memory.
std::vector<std::string> texts_of_parts() {
    const std::vector<std::string> parts = {"Department of Computer Science",
                                            "Stanford University",
                                            "Google Research",
                                            "CA",
                                            "USA",
                                            "Georgia",
                                            "Georgia Institute of Technology",
                                            "12345",
                                            "P.O. Box 12",
                                            "1University of Foo",
                                            "1 University of Foo",
                                            "Data61",
                                            "Universit\xC3\xA9 de Montr\xC3\xA9"
                                            "al",
                                            "Universit\xE9 de Foo",
                                            "Dept. of Physics",
                                            "Inc.",
                                            "Kestrel Ltd",
                                            "Viet Nam",
                                            "Canada N2L 3G1",
                                            "USA Channing Laboratory",
                                            "Boston",
                                            "Foo Austin TX",
                                            "Foo  Austin TX",
                                            "KAIST1",
                                            "Luxembourg",
                                            "Taiwan",
                                            "St.",
                                            "a Institute of Bar",
                                            "Norrby Hospital, University of Foo",
                                            "a@b.edu",
                                            "r&d lab",
                                            "\xE5\x8C\x97\xE4\xBA\xAC"
                                            "Foo Lab",
                                            "rue de l'Universit\xC3\xA9",
                                            "Foo Univ",
                                            "5",
                                            "H\xC3",
                                            "\xA9 Institute"};
    const std::vector<std::string> signs = {", ", "; ", " (", ") ", " - ", ",", "/", " ", " & ", " + "};
    std::vector<std::string> texts;
    std::uint64_t state = 1;
    const auto below = [&](std::size_t limit) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::size_t>(state >> 33) % limit;
    };
    for (int i = 0; i < 4000; ++i) {
        std::string text;
        for (std::size_t n = 1 + below(5); n > 0; --n) {
            text +=
                below(6) == 0 ? "Institute " + std::to_string(below(9000)) + " of Things" : parts[below(parts.size())];
            if (n > 1) text += signs[below(3) == 0 ? below(signs.size()) : 0];
        }
        texts.push_back(text);
    }
    return texts;
}

TEST_CASE("a part is read alike whether it is remembered or not, wherever it stands") {
    const cd::classifier others(cd::classifier_options{.known = false});
    cd::classifier::workspace memory;
    for (int round = 0; round < 2; ++round)
        for (const std::string& text : texts_of_parts()) {
            CAPTURE(text);
            CHECK(who()(text, memory) == who()(text));
            if (text.size() % 4 == 0) CHECK(others(text, memory) == others(text));
        }
}

TEST_CASE("parts that take one another's place in the memory are told apart") {
    std::vector<std::string> texts;
    std::vector<cd::affiliation> expected;
    for (int i = 0; i < 12'000; ++i) {
        std::string name = "Foo";  // and a word for each number
        for (int left = i; left > 0; left /= 26) name += static_cast<char>('a' + left % 26);
        name += i % 2 == 0 ? " University" : " Hospital";
        texts.push_back("Department of Physics, " + name + ", Norrby, Sweden");
        expected.push_back(who()(texts.back()));
    }
    cd::classifier::workspace memory;
    for (int round = 0; round < 3; ++round)
        for (std::size_t i = 0; i < texts.size(); ++i) {
            CAPTURE(texts[i]);
            REQUIRE(who()(texts[i], memory) == expected[i]);
        }
}

TEST_CASE("the texts of options need not outlive the making of a classifier") {
    const auto made = [] {
        const std::string name = "An organisation of the user's", terms = "zyxwv|=vw";
        return cd::classifier(cd::classifier_options{.organisations = {{cd::institution_type::company, name, terms}}});
    }();
    CHECK(made("Zyxwv, Place").institutions.at(0).name == "An organisation of the user's");
}
