// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_PART_WORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_PART_WORDS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <compute_divide/institutions/detail/phrase_marks.hpp>

/// The words by which the parts of an affiliation are told apart.
namespace compute_divide::inline v0_2::detail {

/// What a word is the sign of; bits.
enum part_word : std::uint32_t {
    unit_word = 1U << 0,         ///< heads a part of an institution: "Department"
    faculty_word = 1U << 1,      ///< "Faculty", "School"
    institute_word = 1U << 2,    ///< "Institute"
    centre_word = 1U << 3,       ///< "Center"
    laboratory_word = 1U << 4,   ///< "Laboratory"
    university_word = 1U << 5,   ///< "University"
    college_word = 1U << 6,      ///< "College", "Polytechnic", "École"
    hospital_word = 1U << 7,     ///< "Hospital"
    academy_word = 1U << 8,      ///< "Academy"
    agency_word = 1U << 9,       ///< "Ministry", "Council"
    society_word = 1U << 10,     ///< "Foundation", "Museum"
    legal_word = 1U << 11,       ///< "GmbH"
    business_word = 1U << 12,    ///< "Technologies"
    street_word = 1U << 13,      ///< "Street", "Rue", "-straße"
    box_word = 1U << 14,         ///< "P.O. Box"
    building_word = 1U << 15,    ///< "Building", "Floor"
    campus_word = 1U << 16,      ///< "Campus", "Park"
    division_word = 1U << 17,    ///< "District", "Province", "-ku"
    connecting_word = 1U << 18,  ///< "of", "für"
    joining_word = 1U << 19,     ///< "and", "und"
    subject_word = 1U << 20,     ///< "Physics"
    number_word = 1U << 21,      ///< "12"
    mixed_word = 1U << 22,       ///< "B12"
    letter_word = 1U << 23,      ///< "a"
    capitals_word = 1U << 24,    ///< "INRIA"
    note_word = 1U << 25,        ///< "Corresponding", "Tel"
    small_word = 1U << 26,       ///< begins with a small letter, and is none of the above
    proper_word = 1U << 27,      ///< begins with a capital, and is none of the above
    quality_word = 1U << 28      ///< stands before a head: "National", "State"
};
inline constexpr int part_word_count = 29;
inline constexpr std::uint32_t organisation_words_mask = university_word | college_word | hospital_word | academy_word |
                                                         agency_word | society_word | legal_word | business_word;
inline constexpr std::uint32_t ambiguous_words_mask = institute_word | centre_word | laboratory_word;
inline constexpr std::uint32_t unit_words_mask = unit_word | faculty_word;
inline constexpr std::uint32_t head_words_mask = organisation_words_mask | ambiguous_words_mask | unit_words_mask;

/// Words as affiliations are read, with a space between; "univ*" is how a word begins, "*strasse" how one ends.
struct part_words {
    std::uint32_t kind;
    std::string_view words;
};

// Sources: general knowledge; libpostal's dictionaries of address words (MIT); the abbreviations of Web of Science.
// clang-format off
inline constexpr part_words part_word_rows[] = {
    {unit_word, "department* dept depts dep dpt dpto depto departm* departe* departament* departamento* dipartimento* "
        "divis* div section sections sect secao seccion sektion sezione unit units unidad unidade unita unite uo group groups grp "
        "gruppe grupo groupe gruppo team equipe equipo equip program programme programa prog programs abteilung abt fachbereich "
        "fachgebiet fachgruppe lehrstuhl professur chair chaire catedra cattedra arbeitsgruppe arbeitsbereich "
        "forschungsgruppe katedra katedry kafedra kafedrasi zaklad ustav* odsek odbor oddeleni vakgroep vakgebied afdeling "
        "avdelning* institutionen instituttet laitos tanszek* service servizio servicio servico ward branch filiale "
        "кафедра кафедры отдел отделение отдела departemen departamentul bolumu abd anabilim dali jurusan program studi prodi "
        "umr upr uar ura ufr ea umi inserm_u u1 research_group studies_program curso coordenacao gerencia nucleo "
        "subdivision subdepartment clerkship residency fellowship taskforce unite workgroup task_force directorate direction "
        "direccion direzione direcao subdireccion gerencia corporate bereich lab_group fg ag_group sub-department cluster "
        "theme office oficina ufficio"},
    {faculty_word, "facul* fac faculte facolta fakult* fakultas fakulteta fakulteti fakultesi wydzial* school schools sch scuola "
        "skola graduate undergrad postgraduate faculdade факультет факультета dekanat studiengang fakulta tiedekunta kar kara "
        "escuela escola ecole_doctorale karar fakultat faculteit fakultet* teaduskond escl sciences_faculty"},
    {institute_word, "institut* inst insts instit* institue insitute istituto istituti instytut* intezet* enstitu* inistitute "
        "институт* інститут* ινστιτουτο ins kenkyujo kenkyusho instituut* instituit"},
    {centre_word, "center centers centre centres centro centros centrum centra ctr ctrs cntr zentrum zentren zentral* centar "
        "keskus kozpont* merkezi centrul cente cent центр центра центром pusat"},
    {laboratory_word, "laborat* lab labs labo labor labore laboratoire* laboratorio* лаборатория "
        "synchrotron* station stazione facility facilities estacion"},
    {university_word, "univ* uni unive* universit* uniwers* yliopisto* egyetem* sveucilis* panepistimio* πανεπιστημιο* "
        "университет* університет* daigaku daxue *universitat *universitaet *universiteit *universitet *universitetet unsw ucla mit "
        "ucl epfl kaist caltech inalco uc cuny suny ucsd eth ethz lmu tum rwth tu technion vidyapeeth vishwavidyalaya *universitesi "
        "universty univeristy unversity unviersity"},
    {college_word, "college colleges coll colegio collegio collegium collegiate polytech* polyteknisk* politec* politech* "
        "politeh* hochschul* fachhochschul* *hochschule hogeschool* hogskol* hojskol* haskoli ecole ecoles ammattikorkeakoulu* "
        "korkeakoulu* lycee gymnasium seminary conservato* liceo vysoka cegep iut iit nit iiit iisc iiser insa enseeiht ens "
        "polyt techn* technikon *skolan *hogskola vysoke enit enis ensi"},
    {hospital_word, "hospital* hosp hospices hopita* hop chu chru chum chuv ospedal* osped krankenhaus* krankenhaeuser klinik* *klinik "
        "*klinikum *kliniken clinic clinics clinica clinicas clinique cliniques poliklinik* policlinic* spital* *spital ziekenhuis* "
        "*ziekenhuis sykehus* *sykehus sjukhus* *sjukhus* sygehus* *sygehus sairaala* szpital* nemocnic* korhaz* bolnic* bolnica "
        "hastane* infirmary nhs medical_center irccs asst ausl azienda sanatorium hospice trust_hospital umc lumc amc healthcare "
        "rumah sakit больниц* клиник* госпитал* medicentro charite karolinska sanitar* medctr *medizin"},
    {academy_word, "academ* acad accademia akadem* *akademie академи* academie academiei"},
    {agency_word, "cnrs inserm inrae inra cea csic infn inria ministr* minist ministe* ministry ministere ministerio ministero ministerium *ministerium bundesanstalt* bundesamt* "
        "landesamt* *amt govern* gouvernement gobierno govt agency agencies agence agencia agenzia bureau authority authorities council "
        "councils conseil consejo consiglio commission administration survey prefecture_office embassy army navy air_force defence "
        "defense military secretariat secretaria police nasa noaa usgs usda epa nist nih cdc fda who parliament federal_office "
        "bundes* gov inspectorate министерство corps command court"},
    {society_word, "observatory observatories observatoire observatorio osservatorio sternwarte *sternwarte foundation fdn fondation fondazione fundac* fundac stiftung stiftelse* society soc societe societa sociedad "
        "association assoc associa* asociac* verein union alliance federation trust consortium league museum* musee museo muse "
        "library libraries bibliothek biblioteca bibliotheque archive archives zoo herbarium botanical garden gardens kew iucn "
        "organization organisation organizacion network charity ngo fund bank initiative"},
    {legal_word, "inc incorporated ltd ltda llc llp gmbh* ggmbh corp corporation plc limited pty pvt pte srl sarl sdn bhd "
        "kgaa oyj oy aps zrt kft company companies co kk bv nv ag kg sa ab as asa lp ооо оао зао пао sas gesmbh"},
    {business_word, "technologies pharmaceuticals pharmaceutical pharma biopharma* therapeutics biotech consulting consultants "
        "consultancy consult ventures capital holdings holding software solutions industries electronics motors semiconductor* "
        "systems chemicals instruments automotive robotics networks diagnostics biosciences labs enterprises enterprise "
        "publishing press bioscience international telecom airlines energy google microsoft ibm intel nvidia facebook"},
    {street_word, "street str strasse straat st_ road rd avenue ave av avda avenida aven boulevard blvd bld bd bvd lane ln drive dr_ drv "
        "way wy parkway pkwy highway hwy terrace square sq place pl plaza platz plac court crescent cres cr close alley allee allee "
        "circle cir expressway expy freeway route rte row walk mall quay mews gardens_ turnpike trail bypass loop "
        "rue chemin quai impasse cours cour faubourg chaussee route_ calle carrer calzada camino carretera ctra paseo passeig "
        "passatge ronda travesera glorieta rambla via viale piazza piazzale corso largo vicolo strada lungotevere contrada localita "
        "rua travessa alameda praca estrada rodovia ul ulica ulitsa ulice utca ut utja prospekt prospect pr_ pereulok shosse naberezhnaya "
        "ploshchad bulevardi bulvar bulevar nam namesti trg cesta weg ring damm gasse ufer steig chaussee wall "
        "gade gata gatan vej vei veien vagen katu tie plein laan gracht singel kade dreef lei steenweg caddesi cad sokak sok "
        "mahallesi mah jalan jl lorong jln persiaran soi thanon marg salai nagar_ chowk "
        "ул улица проспект пр пер *strasse *straße *str *straat *gasse *allee *platz *damm *ufer *weg *gade *gata *gatan *gatan *vej "
        "*vejen *vagen *veien *laan *plein *singel *gracht *utca *kade *katu *tie_ *ring_ *lei_ lu jie dajie dadao xilu donglu beilu "
        "nanlu zhonglu 路 号 daero *daero *gil *ro_ stra c_ s_n km kilometer kilometre carr viale_ prol cra carrera transversal "
        "diagonal esq esquina leninskie gory volodymyrska campus_drive leoforos odos"},
    {box_word, "box pob postfach postbus casilla apartado apdo apartat boite bp b_p cp mailstop bag caixa pmb bpb pmbag postale postal mailbox"},
    {building_word, "building bldg bld_ floor fl room rm suite ste_ hall block tower edificio edif edificio batiment bat gebaude geb haus "
        "house edifici pav pavilion pavillon padiglione wing level stock etage piso planta unit_ apt no nr num numero andar "
        "annex annexe lotissement lot bloco sala door gate"},
    {campus_word, "campus campuses park parc parque parco area zone zona estate village site cite ciudad citta cidade "
        "sciencepark technopark technopole technopolis poligono tecnoparque kampus kampusu pole polo hub quarter complex"},
    {division_word, "district dist province prov county co_ prefecture pref state region oblast krai kray raion municipality city "
        "town township ward islands island cedex governorate canton bezirk kreis regency subdistrict shi ku cho ken fu gun "
        "gu dong si do 市 区 省 *gu_ *shi_ *ku_ metropolitan_ shahr taluk tehsil mandal nagar ilce"},
    {connecting_word, "of for at in on to by from with under within near de del della delle dello dei degli di da do dos das du des d la le "
        "les l el los las der die das_ den dem des_ fur fuer zu zur im am auf bei an vom von voor van het te ter op w "
        "na pri za pour par sur sous aux au por para en sul nel per con der och och_ i_ the a_ og av for_"},
    {joining_word, "and & et und y e ed og och en_ i ja ve und/oder dan or cum"},
    {subject_word, "science* sci scien* scienze ciencia* wissenschaft* engineering engn engineer* eng ingenier* ingegner* genie physic* phys "
        "fisica physik physique fizik* fizyk* chem* quim* chim* kemi math* matem* mathem* biolog* biol bio* comput* informat* "
        "electr* elect electron* elettr* mechanic* mech mecan* meccan* civil environment* environ medic* med surgery surg* neuro* "
        "psych* psycho* pharm* pharmac* health hlth salud sante saude sanita econom* econ business management manag* mgmt "
        "social sociol* humanities human law laws letters arts art histor* philosoph* linguist* language* languages literature "
        "geolog* geo* geogr* earth astron* astrophys* space atmospher* ocean* marine agric* agr* agron* animal plant* food forest* veterin* "
        "zoolog* botan* ecolog* genet* genom* molecular mol cell* microbiol* immunol* virolog* epidemiol* oncol* cancer pediatr* paediatr* "
        "radiol* patholog* cardiol* nurs* dent* odont* orthop* ophthalm* anesthes* anaesth* nutrit* nutr* public education* educac* "
        "technology technol tecnolog* technique* technisch* materials mater* statistic* stat data robotic* automat* "
        "control communicat* telecom* information nuclear energy power industrial applied theoretical research res recherche* ricerc* "
        "investigac* pesquisa forschung* development studies studi architect* design media music policy political politics "
        "administrative journalism theology anthropol* archaeol* archeol* sport* physiol* anatom* biochem* biophys* biomed* biotechnol* "
        "toxicol* obstetr* gynecol* gynaecol* urolog* nephrol* hematol* haematol* gastro* endocrin* dermat* rheumat* infect* "
        "emergency internal intensive clinical diagnostic* therap* rehabilit* transport* aerosp* aeronaut* hydro* hydraul* water soil* "
        "climat* meteor* remote sensing optic* photon* quantum nano* intelligence artificial learning vision speech cognit* brain "
        "medicine medicina medecine natural naturali exact exatas systems_ signal* image imaging tropical disease* hygiene"},
    {quality_word, "national natl nacional nazionale nationale nationales nationaal state key federal royal central international "
        "intl joint open technical technische technischen tecnica tecnico tecnologica tecnologico technological advanced "
        "first second third new north northern south southern east eastern west western regional provincial city general "
        "affiliated autonoma autonomous catholic pontifical pontificia catolica cattolica normal polytechnical superior "
        "interdisciplinary interuniversity american european british canadian chinese indian japanese german french italian "
        "russian korean global world nationwide republic democratic islamic kingdom commonwealth united"},
    {note_word, "correspond* email mail tel telephone fax phone address author authors presently present current currently electronic formerly orcid "
        "http https www deceased equal equally contribut* member fellow professor phd msc student researcher dean director head"},
};
// clang-format on

/// The words above, to be looked up by key.
class part_word_table {
public:
    part_word_table() {
        for (const part_words& row : part_word_rows)
            for (std::size_t begin = 0; begin < row.words.size();) {
                const std::size_t end = std::min(row.words.find(' ', begin), row.words.size());
                add(row.words.substr(begin, end - begin), row.kind);
                begin = end + 1;
            }
    }

    /// The kinds of a word.
    [[nodiscard]] std::uint32_t kinds(std::string_view word) const {
        std::uint64_t hash = seed;
        std::uint32_t found = 0;
        const std::size_t size_of = word.size();
        std::size_t i = 0;
        for (; i < size_of && i < 3; ++i) hash = (hash ^ static_cast<unsigned char>(word[i])) * prime;
        if (size_of >= 3) {
            std::uint32_t lengths = beginnings_[hash >> 54];  // of the terms that begin with these three letters
            if ((lengths >> 3 & 1) != 0) found |= find(hash ^ beginning);
            for (; i < size_of; ++i) {
                hash = (hash ^ static_cast<unsigned char>(word[i])) * prime;
                if (i < 31 && (lengths >> (i + 1) & 1) != 0) found |= find(hash ^ beginning);
            }
        }
        if (const std::uint32_t exact = find(hash); exact != 0) return exact;
        if (size_of < (found != 0 ? 10U : 6U)) return found;  // "Universitätsstraße"
        std::uint32_t ends = 0;
        hash = seed;
        for (std::size_t n = 1; n <= 3; ++n) hash = (hash ^ static_cast<unsigned char>(word[size_of - n])) * prime;
        const std::uint32_t lengths = endings_[hash >> 54];
        if (lengths == 0) return found;
        for (std::size_t n = 3; n < size_of && n < 32; ++n) {
            if (n > 3) hash = (hash ^ static_cast<unsigned char>(word[size_of - n])) * prime;
            if ((lengths >> n & 1) != 0) ends |= find(hash ^ ending);
        }
        return found == 0 || (ends & street_word) != 0 ? ends : found;
    }

private:
    static constexpr std::uint64_t beginning = 0x5bd1e9955bd1e995u, ending = 0xC2B2AE3D27D4EB4Fu;
    static constexpr std::uint64_t seed = 0xCBF29CE484222325u, prime = 0x100000001B3u;
    static constexpr std::size_t size = 4096;
    struct entry {
        std::uint64_t key = 0;
        std::uint32_t kinds = 0;
    };

    void add(std::string_view word, std::uint32_t kind) {
        if (word.find('_') != std::string_view::npos) return;  // two words, or another sense
        if (word.ends_with('*')) {
            word.remove_suffix(1);
            beginnings_[word_key(word.substr(0, 3)) >> 54] |= 1U << word.size();
            return put(word_key(word) ^ beginning, kind);
        }
        if (!word.starts_with('*')) return put(word_key(word), kind);
        std::uint64_t hash = seed;
        for (std::size_t n = 1; n < word.size(); ++n) {
            hash = (hash ^ static_cast<unsigned char>(word[word.size() - n])) * prime;
            if (n == 3) endings_[hash >> 54] |= 1U << (word.size() - 1);
        }
        put(hash ^ ending, kind);
    }
    void put(std::uint64_t key, std::uint32_t kind) {
        std::size_t i = key % size;
        while (entries_[i].kinds != 0 && entries_[i].key != key) i = (i + 1) % size;
        entries_[i].key = key;
        if (entries_[i].kinds == 0) entries_[i].kinds = kind;  // the first row counts
    }
    [[nodiscard]] std::uint32_t find(std::uint64_t key) const {
        for (std::size_t i = key % size; entries_[i].kinds != 0; i = (i + 1) % size)
            if (entries_[i].key == key) return entries_[i].kinds;
        return 0;
    }

    std::array<entry, size> entries_ = {};
    std::array<std::uint32_t, 1024> beginnings_ = {}, endings_ = {};  // lengths, by the hash of three letters
};

inline const part_word_table& part_word_kinds() {
    static const part_word_table table;
    return table;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
