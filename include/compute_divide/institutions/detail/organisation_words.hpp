// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ORGANISATION_WORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ORGANISATION_WORDS_HPP

#include <cstdint>
#include <string_view>

/// The common words of organisations' names: which stand for one another, and what they leave unsaid.
namespace compute_divide::inline v0_2::detail {

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
    {name_word::small, "of|the|and|&|for|at|in|on|to|a|an|de|del|della|delle|dei|degli|di|da|do|dos|das|du|des|la|le|les|el|los|las|l|d|der|die|das|den|dem|des|fur|fuer|und|zu|zur|im|am|et|e|y|i|s|och|og|van|voor|het|te|v|w|z|per|pour|por|con|dell|sul|ve|umr|studi"},
    {name_word::small, "inc|incorporated|ltd|limited|llc|llp|gmbh|ag|corp|corporation|co|plc|sa|spa|srl|bv|nv|oy|oyj|ab|kk|pty|pvt|company|sarl|sas|kgaa|kg|aps"},
    {name_word::common, "university|univ|universite|universites|universitat|universitaet|universitaria|universitario|universidad|universita|universiteit|universidade|universitas|universitet|universitetet|universiteti|universitetas|universitate|universitatea|uniwersytet|univerzita|univerzitet|univerza|sveuciliste|universitesi|uni|universiti|universitats|universities|university's|univers|universidades|universiy|unversity"},
    {name_word::common, "institute|inst|institut|instituto|istituto|institutes|instituut|institutet|instytut|institucion|institution|instit|institutul|instituti"},
        {name_word::common, "technology|technol|tech|technologies|tecnologia|technologie|tecnologias|teknologi|technolgy"},
    {name_word::qualifier, "technical|technische|technischen|tecnica|technique|tecnico|technischer|teknik|tekniska|techniczna|techn"},
    {name_word::qualifier, "technological|tecnologico|technologique|tecnologica|technologico"},
    {name_word::common, "science|sci|sciences|ciencias|ciencia|scienze|wissenschaften|scientific|scientifique|sc"},
    {name_word::qualifier, "medical|med|medico|medica|medizinische|medizinischen|medicale|medicas|medyczny"},
    {name_word::common, "medicine|medicina|medecine|medicinal|medicin|medicum|medizin"},
    {name_word::common, "hospital|hosp|hospitals|hopital|ospedale|hopitaux|hospitalier|hospitalario|ospedaliera|krankenhaus|spital"},
    {name_word::common, "clinic|clinical|klinik|klinikum|clinique|clinica|kliniken|clin"},
    {name_word::common, "center|centre|ctr|centro|zentrum|centers|centres|centrum|cent|cntr"},
    {name_word::common, "college|coll|collège|colegio|colleges"},
    {name_word::common, "national|natl|nat|nacional|nazionale|nationale|nationaal|nationales"},
    {name_word::common, "research|res|recherche|ricerca|recherches|ricerche|investigacion|investigaciones|pesquisa|pesquisas|forschung|rech|onderzoek"},
    {name_word::common, "engineering|eng|engn|engg|ingenieria|ingegneria|ingenierie|engenharia|engineer|engineers"},
    {name_word::qualifier, "agricultural|agric|agr|agriculture|agri|agricola|agronomique|agricoltura|agrarias|agrarian"},
    {name_word::common, "international|int|intl|internacional|internationale|internazionale"},
    {name_word::common, "academy|acad|academia|academie|akademie|akademia|accademia|academies"},
    {name_word::part, "laboratory|lab|labs|laboratories|laboratoire|laboratorio|labor|laboratorium"},
    {name_word::part, "school|sch|schools|escuela|ecole|scuola|escola|schule"},
    {name_word::part, "department|dept|dep|departamento|departement|dipartimento|departments|depto|depart|dpt|abteilung|wydzial|katedra"},
    {name_word::part, "faculty|fac|facultad|faculte|facolta|fakultat|faculdade|faculties|fakulta|fakultas|fakultesi"},
    {name_word::part, "division|div"}, {name_word::part, "unit|unite|unidad"}, {name_word::part, "section|sektion|sezione"},
    {name_word::part, "group|gruppe|grupo|groupe"}, {name_word::part, "program|programme|programs|programa"},
    {name_word::part, "chair|lehrstuhl"}, {name_word::part, "office|bureau"}, {name_word::part, "service|services|servicio|servizio"},
    {name_word::part, "team"}, {name_word::part, "graduate"}, {name_word::part, "key"}, {name_word::part, "library|libraries|bibliothek"},
    {name_word::part, "observatory|observatorio|observatoire|osservatorio"}, {name_word::part, "museum|museo|musee"},
    {name_word::common, "foundation|fdn|fundacion|fundacao|fondazione|fondation|stiftung|fundacio"},
    {name_word::qualifier, "polytechnic|polytech|politecnico|polytechnique|politecnica|politechnika|polytechnical|politehnica|polytechnic's"},
    {name_word::common, "computer|comput|computing|computation|computational|computers|informatics|informatica|informatique|informatik"},
    {name_word::common, "electrical|elect|elec|electr|electronic|electronics|electron"},
    {name_word::common, "mechanical|mech|mechanics"}, {name_word::common, "civil"}, {name_word::common, "environmental|environ|environment"},
    {name_word::common, "physics|phys|fisica|physik|physical|physique|fizyki"}, {name_word::common, "chemistry|chem|quimica|chemical|chimica|chemie|chimie|chemicals"},
    {name_word::common, "mathematics|math|maths|mathematical|matematica|mathematik|mathematiques|matematicas"}, {name_word::common, "biology|biol|biological|biologia|biologie"},
    {name_word::common, "pharmacy|pharm|pharmaceutical|pharmacology|farmacia|pharmacie|pharmaceuticals"}, {name_word::common, "health|hlth|salud|sante|saude"},
    {name_word::common, "information|informat|info"}, {name_word::common, "material|materials|mat"}, {name_word::common, "business|bus"}, {name_word::common, "education|educ|educacion|educacao|educational"},
    {name_word::common, "economics|econ|economic|economia|economy"}, {name_word::common, "management|mgmt|mgt|managment"}, {name_word::common, "social|soc"},
    {name_word::common, "neuroscience|neurosciences|neurology|neurological"}, {name_word::common, "cancer|oncology|oncologia"}, {name_word::common, "molecular|mol"},
    {name_word::common, "veterinary|vet|veterinaria"}, {name_word::common, "psychology|psychiatry|psychol"}, {name_word::common, "energy"}, {name_word::common, "food"},
    {name_word::common, "life"}, {name_word::common, "statistics|stat|statistical"}, {name_word::common, "geology|geosciences|geological|earth"}, {name_word::common, "marine|ocean|oceanography"},
    {name_word::common, "forest|forestry"}, {name_word::common, "plant|plants|botany"}, {name_word::common, "animal|zoology"}, {name_word::common, "water"}, {name_word::common, "policy|policies"}, {name_word::common, "law|droit|derecho"},
    {name_word::common, "arts|art|artes"}, {name_word::common, "music"}, {name_word::common, "design"}, {name_word::common, "nursing|nurses"}, {name_word::common, "dental|dentistry|stomatology|odontologia"}, {name_word::common, "surgery"}, {name_word::common, "public"}, {name_word::common, "human|humanities"},
    {name_word::common, "applied|appl|aplicada|angewandte"}, {name_word::common, "advanced|adv"}, {name_word::common, "development|dev|developmental"}, {name_word::common, "studies|study|studi|estudios"}, {name_word::common, "industrial|industry|ind"},
    {name_word::common, "system|systems|syst"}, {name_word::common, "children|pediatric|pediatrics|paediatric|child"}, {name_word::common, "eye|ophthalmology"}, {name_word::common, "heart|cardiology|cardiovascular|cardiac"}, {name_word::common, "genetics|genomics|genetic"}, {name_word::common, "biotechnology|biotech"}, {name_word::common, "biomedical|biomed"}, {name_word::common, "biochemistry|biochem"}, {name_word::common, "microbiology"}, {name_word::common, "immunology"}, {name_word::common, "nuclear|nucleaire"}, {name_word::common, "space|aerospace|aeronautics"}, {name_word::common, "data"}, {name_word::common, "innovation"}, {name_word::common, "network|networks"}, {name_word::common, "communication|communications|telecommunications|telecommun|commun"}, {name_word::common, "society|societe|sociedad"}, {name_word::common, "association|assoc"}, {name_word::common, "council"}, {name_word::common, "ministry|ministerio|ministere"}, {name_word::common, "agency"}, {name_word::common, "government"}, {name_word::common, "higher|hochschule"}, {name_word::common, "campus"}, {name_word::common, "community"}, {name_word::common, "trust"}, {name_word::common, "care"}, {name_word::common, "disease|diseases"}, {name_word::common, "tropical"}, {name_word::common, "trauma"}, {name_word::common, "brain"}, {name_word::common, "diabetes"}, {name_word::common, "artificial"}, {name_word::common, "intelligence"}, {name_word::common, "learning"}, {name_word::common, "commerce"}, {name_word::common, "finance|financial"}, {name_word::common, "language|languages"}, {name_word::common, "traditional"}, {name_word::common, "test|testing"}, {name_word::common, "quality"}, {name_word::common, "safety"}, {name_word::common, "control|prevention"}, {name_word::common, "veterans"}, {name_word::common, "family"}, {name_word::common, "first|1st"}, {name_word::common, "second|2nd"}, {name_word::common, "third"}, {name_word::common, "people|peoples"}, {name_word::common, "teaching"}, {name_word::common, "affiliated"}, {name_word::common, "mental"}, {name_word::common, "sport|sports"}, {name_word::common, "media"}, {name_word::common, "optics|photonics"}, {name_word::common, "astronomy|astrophysics"}, {name_word::common, "theoretical"}, {name_word::common, "experimental"}, {name_word::common, "nutrition"}, {name_word::common, "radiology"}, {name_word::common, "pathology"}, {name_word::common, "history"}, {name_word::common, "philosophy"}, {name_word::common, "archaeology"}, {name_word::common, "architecture"}, {name_word::common, "construction"}, {name_word::common, "transport|transportation"}, {name_word::common, "automation"}, {name_word::common, "robotics"}, {name_word::common, "software"},
    {name_word::qualifier, "state"}, {name_word::qualifier, "city"}, {name_word::qualifier, "royal|real|reale"}, {name_word::qualifier, "federal"}, {name_word::qualifier, "normal"}, {name_word::qualifier, "new"}, {name_word::qualifier, "open"}, {name_word::qualifier, "free|libre|freie"}, {name_word::qualifier, "catholic|catholique|catolica|cattolica|katolieke|katholieke"}, {name_word::qualifier, "christian"}, {name_word::qualifier, "islamic"}, {name_word::qualifier, "autonomous|autonoma"}, {name_word::qualifier, "metropolitan|metropolitana"}, {name_word::qualifier, "regional"}, {name_word::qualifier, "provincial"}, {name_word::qualifier, "municipal"}, {name_word::qualifier, "old"}, {name_word::qualifier, "great"},
    {name_word::qualifier, "north"}, {name_word::qualifier, "northern"}, {name_word::qualifier, "south"}, {name_word::qualifier, "southern"}, {name_word::qualifier, "east|est"}, {name_word::qualifier, "eastern"}, {name_word::qualifier, "west|ouest"}, {name_word::qualifier, "western"}, {name_word::qualifier, "central|centrale"}, {name_word::proper, "northeast"}, {name_word::proper, "northeastern"}, {name_word::proper, "northwest"}, {name_word::proper, "northwestern"}, {name_word::proper, "southeast"}, {name_word::proper, "southeastern"}, {name_word::proper, "southwest"}, {name_word::proper, "southwestern"}, {name_word::qualifier, "mid"},
    {name_word::common, "general|gen"}, {name_word::proper, "saint|st|ste|sankt|san|santa"}, {name_word::proper, "mount|mt"}, {name_word::proper, "fort|ft"}, {name_word::proper, "american|amer"},
    {name_word::proper, "2|ii"}, {name_word::proper, "3|iii"}, {name_word::proper, "4|iv"}, {name_word::proper, "6|vi"}, {name_word::proper, "7|vii"}, {name_word::proper, "8|viii"}, {name_word::proper, "9|ix"}, {name_word::proper, "11|xi"}, {name_word::proper, "12|xii"}, {name_word::proper, "13|xiii"},
};
// clang-format on

}  // namespace compute_divide::inline v0_2::detail

#endif
