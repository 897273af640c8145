// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ORGANISATION_WORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ORGANISATION_WORDS_HPP

#include <cstdint>
#include <string_view>

/// The common words of organisations' names: which stand for one another, and what they leave unsaid.
namespace compute_divide::inline v0_2::detail {

using namespace std::string_view_literals;  // of known length: compilers count others letter by letter

enum class name_word : std::uint8_t {
    small,      ///< says nothing: "of", "GmbH"
    common,     ///< in the names of many organisations, and of their parts: "Institute", "Physics"
    part,       ///< common, and names a part of an organisation: "Department"
    qualifier,  ///< common, and makes another name of the one behind it: "Northern", "Technical"
    proper      ///< all others
};

/// Words that are read as the first of them; "|" between, normalised.
struct name_words {
    name_word kind;
    std::string_view words;
};

// Source: general knowledge. One word a line.
// clang-format off
inline constexpr name_words organisation_words[] = {
    {name_word::small, "of|the|and|&|for|at|in|on|to|a|an|de|del|della|delle|dei|degli|di|da|do|dos|das|du|des|la|le|les|el|los|las|l|d|der|die|das|den|dem|des|fur|fuer|und|zu|zur|im|am|et|e|y|i|s|och|og|van|voor|het|te|v|w|z|per|pour|por|con|dell|sul|ve|umr|studi"sv},
    {name_word::small, "inc|incorporated|ltd|limited|llc|llp|gmbh|ag|corp|corporation|co|plc|sa|spa|srl|bv|nv|oy|oyj|ab|kk|pty|pvt|company|sarl|sas|kgaa|kg|aps"sv},
    {name_word::common, "university|univ|universite|universites|universitat|universitaet|universitaria|universitario|universidad|universita|universiteit|universidade|universitas|universitet|universitetet|universiteti|universitetas|universitate|universitatea|uniwersytet|univerzita|univerzitet|univerza|sveuciliste|universitesi|uni|universiti|universitats|universities|university's|univers|universidades|universiy|unversity"sv},
    {name_word::common, "institute|inst|institut|instituto|istituto|institutes|instituut|institutet|instytut|institucion|institution|instit|institutul|instituti"sv},
        {name_word::common, "technology|technol|tech|technologies|tecnologia|technologie|tecnologias|teknologi|technolgy"sv},
    {name_word::qualifier, "technical|technische|technischen|tecnica|technique|tecnico|technischer|teknik|tekniska|techniczna|techn"sv},
    {name_word::qualifier, "technological|tecnologico|technologique|tecnologica|technologico"sv},
    {name_word::common, "science|sci|sciences|ciencias|ciencia|scienze|wissenschaften|scientific|scientifique|sc"sv},
    {name_word::qualifier, "medical|med|medico|medica|medizinische|medizinischen|medicale|medicas|medyczny"sv},
    {name_word::common, "medicine|medicina|medecine|medicinal|medicin|medicum|medizin"sv},
    {name_word::common, "hospital|hosp|hospitals|hopital|ospedale|hopitaux|hospitalier|hospitalario|ospedaliera|krankenhaus|spital"sv},
    {name_word::common, "clinic|clinical|klinik|klinikum|clinique|clinica|kliniken|clin"sv},
    {name_word::common, "center|centre|ctr|centro|zentrum|centers|centres|centrum|cent|cntr"sv},
    {name_word::common, "college|coll|collège|colegio|colleges"sv},
    {name_word::common, "national|natl|nat|nacional|nazionale|nationale|nationaal|nationales"sv},
    {name_word::common, "research|res|recherche|ricerca|recherches|ricerche|investigacion|investigaciones|pesquisa|pesquisas|forschung|rech|onderzoek"sv},
    {name_word::common, "engineering|eng|engn|engg|ingenieria|ingegneria|ingenierie|engenharia|engineer|engineers"sv},
    {name_word::qualifier, "agricultural|agric|agr|agriculture|agri|agricola|agronomique|agricoltura|agrarias|agrarian"sv},
    {name_word::common, "international|int|intl|internacional|internationale|internazionale"sv},
    {name_word::common, "academy|acad|academia|academie|akademie|akademia|accademia|academies"sv},
    {name_word::part, "laboratory|lab|labs|laboratories|laboratoire|laboratorio|labor|laboratorium"sv},
    {name_word::part, "school|sch|schools|escuela|ecole|scuola|escola|schule"sv},
    {name_word::part, "department|dept|dep|departamento|departement|dipartimento|departments|depto|depart|dpt|abteilung|wydzial|katedra"sv},
    {name_word::part, "faculty|fac|facultad|faculte|facolta|fakultat|faculdade|faculties|fakulta|fakultas|fakultesi"sv},
    {name_word::part, "division|div"sv}, {name_word::part, "unit|unite|unidad"sv}, {name_word::part, "section|sektion|sezione"sv},
    {name_word::part, "group|gruppe|grupo|groupe"sv}, {name_word::part, "program|programme|programs|programa"sv},
    {name_word::part, "chair|lehrstuhl"sv}, {name_word::part, "office|bureau"sv}, {name_word::part, "service|services|servicio|servizio"sv},
    {name_word::part, "team"sv}, {name_word::part, "graduate"sv}, {name_word::part, "key"sv}, {name_word::part, "library|libraries|bibliothek"sv},
    {name_word::part, "observatory|observatorio|observatoire|osservatorio"sv}, {name_word::part, "museum|museo|musee"sv},
    {name_word::common, "foundation|fdn|fundacion|fundacao|fondazione|fondation|stiftung|fundacio"sv},
    {name_word::qualifier, "polytechnic|polytech|politecnico|polytechnique|politecnica|politechnika|polytechnical|politehnica|polytechnic's"sv},
    {name_word::common, "computer|comput|computing|computation|computational|computers|informatics|informatica|informatique|informatik"sv},
    {name_word::common, "electrical|elect|elec|electr|electronic|electronics|electron"sv},
    {name_word::common, "mechanical|mech|mechanics"sv}, {name_word::common, "civil"sv}, {name_word::common, "environmental|environ|environment"sv},
    {name_word::common, "physics|phys|fisica|physik|physical|physique|fizyki"sv}, {name_word::common, "chemistry|chem|quimica|chemical|chimica|chemie|chimie|chemicals"sv},
    {name_word::common, "mathematics|math|maths|mathematical|matematica|mathematik|mathematiques|matematicas"sv}, {name_word::common, "biology|biol|biological|biologia|biologie"sv},
    {name_word::common, "pharmacy|pharm|pharmaceutical|pharmacology|farmacia|pharmacie|pharmaceuticals"sv}, {name_word::common, "health|hlth|salud|sante|saude"sv},
    {name_word::common, "information|informat|info"sv}, {name_word::common, "material|materials|mat"sv}, {name_word::common, "business|bus"sv}, {name_word::common, "education|educ|educacion|educacao|educational"sv},
    {name_word::common, "economics|econ|economic|economia|economy"sv}, {name_word::common, "management|mgmt|mgt|managment"sv}, {name_word::common, "social|soc"sv},
    {name_word::common, "neuroscience|neurosciences|neurology|neurological"sv}, {name_word::common, "cancer|oncology|oncologia"sv}, {name_word::common, "molecular|mol"sv},
    {name_word::common, "veterinary|vet|veterinaria"sv}, {name_word::common, "psychology|psychiatry|psychol"sv}, {name_word::common, "energy"sv}, {name_word::common, "food"sv},
    {name_word::common, "life"sv}, {name_word::common, "statistics|stat|statistical"sv}, {name_word::common, "geology|geosciences|geological|earth"sv}, {name_word::common, "marine|ocean|oceanography"sv},
    {name_word::common, "forest|forestry"sv}, {name_word::common, "plant|plants|botany"sv}, {name_word::common, "animal|zoology"sv}, {name_word::common, "water"sv}, {name_word::common, "policy|policies"sv}, {name_word::common, "law|droit|derecho"sv},
    {name_word::common, "arts|art|artes"sv}, {name_word::common, "music"sv}, {name_word::common, "design"sv}, {name_word::common, "nursing|nurses"sv}, {name_word::common, "dental|dentistry|stomatology|odontologia"sv}, {name_word::common, "surgery"sv}, {name_word::common, "public"sv}, {name_word::common, "human|humanities"sv},
    {name_word::common, "applied|appl|aplicada|angewandte"sv}, {name_word::common, "advanced|adv"sv}, {name_word::common, "development|dev|developmental"sv}, {name_word::common, "studies|study|studi|estudios"sv}, {name_word::common, "industrial|industry|ind"sv},
    {name_word::common, "system|systems|syst"sv}, {name_word::common, "children|pediatric|pediatrics|paediatric|child"sv}, {name_word::common, "eye|ophthalmology"sv}, {name_word::common, "heart|cardiology|cardiovascular|cardiac"sv}, {name_word::common, "genetics|genomics|genetic"sv}, {name_word::common, "biotechnology|biotech"sv}, {name_word::common, "biomedical|biomed"sv}, {name_word::common, "biochemistry|biochem"sv}, {name_word::common, "microbiology"sv}, {name_word::common, "immunology"sv}, {name_word::common, "nuclear|nucleaire"sv}, {name_word::common, "space|aerospace|aeronautics"sv}, {name_word::common, "data"sv}, {name_word::common, "innovation"sv}, {name_word::common, "network|networks"sv}, {name_word::common, "communication|communications|telecommunications|telecommun|commun"sv}, {name_word::common, "society|societe|sociedad"sv}, {name_word::common, "association|assoc"sv}, {name_word::common, "council"sv}, {name_word::common, "ministry|ministerio|ministere"sv}, {name_word::common, "agency"sv}, {name_word::common, "government"sv}, {name_word::common, "higher|hochschule"sv}, {name_word::common, "campus"sv}, {name_word::common, "community"sv}, {name_word::common, "trust"sv}, {name_word::common, "care"sv}, {name_word::common, "disease|diseases"sv}, {name_word::common, "tropical"sv}, {name_word::common, "trauma"sv}, {name_word::common, "brain"sv}, {name_word::common, "diabetes"sv}, {name_word::common, "artificial"sv}, {name_word::common, "intelligence"sv}, {name_word::common, "learning"sv}, {name_word::common, "commerce"sv}, {name_word::common, "finance|financial"sv}, {name_word::common, "language|languages"sv}, {name_word::common, "traditional"sv}, {name_word::common, "test|testing"sv}, {name_word::common, "quality"sv}, {name_word::common, "safety"sv}, {name_word::common, "control|prevention"sv}, {name_word::common, "veterans"sv}, {name_word::common, "family"sv}, {name_word::common, "first|1st"sv}, {name_word::common, "second|2nd"sv}, {name_word::common, "third"sv}, {name_word::common, "people|peoples"sv}, {name_word::common, "teaching"sv}, {name_word::common, "affiliated"sv}, {name_word::common, "mental"sv}, {name_word::common, "sport|sports"sv}, {name_word::common, "media"sv}, {name_word::common, "optics|photonics"sv}, {name_word::common, "astronomy|astrophysics"sv}, {name_word::common, "theoretical"sv}, {name_word::common, "experimental"sv}, {name_word::common, "nutrition"sv}, {name_word::common, "radiology"sv}, {name_word::common, "pathology"sv}, {name_word::common, "history"sv}, {name_word::common, "philosophy"sv}, {name_word::common, "archaeology"sv}, {name_word::common, "architecture"sv}, {name_word::common, "construction"sv}, {name_word::common, "transport|transportation"sv}, {name_word::common, "automation"sv}, {name_word::common, "robotics"sv}, {name_word::common, "software"sv},
    {name_word::qualifier, "state"sv}, {name_word::qualifier, "city"sv}, {name_word::qualifier, "royal|real|reale"sv}, {name_word::qualifier, "federal"sv}, {name_word::qualifier, "normal"sv}, {name_word::qualifier, "new"sv}, {name_word::qualifier, "open"sv}, {name_word::qualifier, "free|libre|freie"sv}, {name_word::qualifier, "catholic|catholique|catolica|cattolica|katolieke|katholieke"sv}, {name_word::qualifier, "christian"sv}, {name_word::qualifier, "islamic"sv}, {name_word::qualifier, "autonomous|autonoma"sv}, {name_word::qualifier, "metropolitan|metropolitana"sv}, {name_word::qualifier, "regional"sv}, {name_word::qualifier, "provincial"sv}, {name_word::qualifier, "municipal"sv}, {name_word::qualifier, "old"sv}, {name_word::qualifier, "great"sv},
    {name_word::qualifier, "north"sv}, {name_word::qualifier, "northern"sv}, {name_word::qualifier, "south"sv}, {name_word::qualifier, "southern"sv}, {name_word::qualifier, "east|est"sv}, {name_word::qualifier, "eastern"sv}, {name_word::qualifier, "west|ouest"sv}, {name_word::qualifier, "western"sv}, {name_word::qualifier, "central|centrale"sv}, {name_word::proper, "northeast"sv}, {name_word::proper, "northeastern"sv}, {name_word::proper, "northwest"sv}, {name_word::proper, "northwestern"sv}, {name_word::proper, "southeast"sv}, {name_word::proper, "southeastern"sv}, {name_word::proper, "southwest"sv}, {name_word::proper, "southwestern"sv}, {name_word::qualifier, "mid"sv},
    {name_word::common, "general|gen"sv}, {name_word::proper, "saint|st|ste|sankt|san|santa"sv}, {name_word::proper, "mount|mt"sv}, {name_word::proper, "fort|ft"sv}, {name_word::proper, "american|amer"sv},
    {name_word::proper, "2|ii"sv}, {name_word::proper, "3|iii"sv}, {name_word::proper, "4|iv"sv}, {name_word::proper, "6|vi"sv}, {name_word::proper, "7|vii"sv}, {name_word::proper, "8|viii"sv}, {name_word::proper, "9|ix"sv}, {name_word::proper, "11|xi"sv}, {name_word::proper, "12|xii"sv}, {name_word::proper, "13|xiii"sv},
};
// clang-format on

}  // namespace compute_divide::inline v0_2::detail

#endif
