// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_TYPE_WORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_TYPE_WORDS_HPP

#include <array>
#include <string_view>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>

/// Words that give the type of an institution away, in the languages of the world's affiliations.
namespace compute_divide::inline v0_2 {

/// How much a word says. In one section of a text (between ; + and |) only its strongest words count.
enum class word_strength {
    operator_follows,  ///< what follows runs the institution before: "operated by"
    ignored,           ///< looks like a word of this table but says nothing: "College Station", "Universal"
    department,        ///< a part of institutions of all types: says nothing, and leaves nothing to guess from
    unaffiliated,      ///< its author belongs to no institution
    part,              ///< a part of an institution that may stand alone: "Research Center"
    weak,              ///< an institution unless a stronger one is named with it: "Institute"
    strong,            ///< an institution: "University"
    legal_form,        ///< makes a company of the name before it: "GmbH"
    short_legal_form   ///< as legal_form, but also an abbreviation of something else: "SA", "AB", "NV"
};
[[nodiscard]] constexpr auto enumerators(word_strength) {
    using enum word_strength;
    return std::array{named<word_strength>{operator_follows, "operator_follows", "an operator follows"},
                      named<word_strength>{ignored, "ignored"},
                      named<word_strength>{department, "department"},
                      named<word_strength>{unaffiliated, "unaffiliated"},
                      named<word_strength>{part, "part"},
                      named<word_strength>{weak, "weak"},
                      named<word_strength>{strong, "strong"},
                      named<word_strength>{legal_form, "legal_form", "legal form"},
                      named<word_strength>{short_legal_form, "short_legal_form", "short legal form"}};
}

/// Words of one type and strength: terms as in text/term_set.hpp with "|" between, punctuation written as spaces.
struct type_words {
    institution_type type = institution_type::unknown;
    word_strength strength = word_strength::strong;
    std::string_view terms = {};
};

namespace detail::word_table {

using enum institution_type;
using namespace std::string_view_literals;  // of known length: compilers count others letter by letter
using enum word_strength;

inline constexpr type_words rows[] = {
    {education, strong,
     "univ*|uni|uniersity|unicersity|univrsity|u "
     "of|unversity|uinversity|unviersity|uiversity|unievrsity|unibersity|univeristy|iniversity|"
     "üniversite*|uniwersytet*|universzitet*|uniwersytecki|yliopisto*|korkeakoulu*|ammattikorkeakoulu*|egyetem*|"
     "sveučiliš*|sveucilist*|sveuciliste|univerzitet*|ollscoil|panepistimio*|πανεπιστημιο*|университет*|університет*|"
     "বিশ্ববিদ্যালয়|பல்கலைக்கழகம்|უნივერსიტეტი|համալսարան|महाविद्यालय|daigaku|daxue|sekolah tinggi|vidyapeeth|"
     "جامعة|الجامعة|دانشگاه|אוניברסיטת|אוניברסיטה|विश्वविद्यालय|มหาวิทยาลัย|đại học|dai hoc|"
     "大学|大學|学院|學院|高専|대학|대학교|대학원"sv},
    {education, strong,
     "college|colleges|collegiate|coll|collège|colegio de "
     "mexico|hochschul*|fachhochschul*|hogeschool*|hogskol*|högskola*|høgskol*|høyskol*|"
     "hojskol*|technische uni*|polytech*|polyteknisk*|politec*|politech*|polytechniq*|haskoli|háskóli|rijksuniversit*|"
     "vysoka skola|vysoke uceni|szkola glowna|akademia gorniczo|politehnica|veleuciliste|foiskola|"
     "inst technol|fed inst technol|inst tecnol|instituto federal|institute of technology|institue of "
     "technology|instiute of technology|insitute of technology|"
     "instutite of technology|intitute of technology|institution of technology|institute of techology|"
     "institute of technolgy|institut of technology|"
     "tokyoinstitute of technology|inst of technology|inst of technol|inst of tech|institute of technol|institute "
     "technology|"
     "institutes of technology|institute for technology|technology institute of technology|technological institute|"
     "instituto tecnologico|tecnologico nacional|istituto universitario|institut universitaire|institut teknologi|"
     "institut teknologi*|institute of science and technology|institute of science & technology|"
     "institute of engineering and technology|institute of engineering & technology|institute of technology and "
     "science|"
     "institute of tech|institue of science|institure of technology|montanuni*|unviersit*|un st kliment|inst of "
     "science and tech|inst of sci and technol|institute of mining and technology|"
     "institute of management|institute of information technology|institute of space science and technology|"
     "institute of medical education|institute of business|inst sci & technol|inst sci and technol|inst sci "
     "technol|adv inst sci|"
     "indian inst sci|inst fed|federal institute of parana|federal institute of sao paulo|federal institute of santa "
     "catarina|federal institute of ceara|federal institute of bahia|federal institute of pernambuco|federal institute "
     "of "
     "goias|federal institute of minas gerais|federal institute of rio|federal institute of espirito santo|federal "
     "institute "
     "of paraiba|federal institute of alagoas|federal institute of sergipe|federal institute of piaui|federal "
     "institute of "
     "maranhao|federal institute of para|federal institute of amazonas|federal institute of mato grosso|federal "
     "institute of "
     "tocantins|federal institute of rondonia|federal institute of roraima|federal institute of acre|federal institute "
     "of "
     "brasilia|federal institute of education|inst natl sci appl|technol inst|"
     "=ifsp|=ifce|=ifrn|=ifba|=ifpe|=ifpb|=ifmg|=ifrs|"
     "centro federal de educacao tecnologica|cefet|instituto federal de educacao|instituto politecnico|institut "
     "polytechnique|institut national polytechnique|"
     "institut national des sciences appliquees|ecole normale|ecole centrale|ecole superieure|ecole nationale|"
     "ecole des mines|ecole des ponts|ecole d ingenieurs|ecole polytechnique*|escuela superior|escuela politecnica|"
     "escuela de ingenieria|escola superior|escola politecnica|scuola superiore|scuola normale|école|ecole|"
     "grandes ecoles|military academy|naval academy|air force academy|military institute|academy of music|"
     "academy of fine arts|state academy|law school|business school|medical school|med school|high school|"
     "graduate school|school of economics|school of medicine|school of public health|school of business|school of law|"
     "school of mines|school of management|school of tropical medicine|school of hygiene|school district|"
     "graduate center|lycee|gymnasium|secondary school|middle school|elementary school|preparatory school|prep school|"
     "community college|seminary|conservatory|conservatoire|akademija|medical academy|staatsuniversit*"sv},
    {education, weak,
     "u|robotics institute|language technologies institute|statistical laboratory|institute for systems research|"
     "centre for integrative neuroscience|center for neural science|interdisciplinary center for neural computation|"
     "interdisciplinary center for scientific computing|centre for mathematical sciences|"
     "center for neural basis of cognition|center for the neural basis of cognition|"
     "school|schools|sch|faculty|faculties|facultad|facultatea|faculdade|faculte|facolta|fakult*|fakultas|wydzial|"
     "fakultaet|"
     "institute of medical sciences|inst of med sci|academy|academie|academia|akademi|akademie|akademia|"
     "факультет|институт высш*|akademiet|escuela|escola|scuola|skola|skole|szkola|instituto superior|institut "
     "superieur"sv},
    {healthcare, strong,
     "hospital*|hosp|hospitl|hopita*|hopitaux|ospedal*|krankenhaus*|klinik*|clinic|clinics|clinica|clinique|cliniques|"
     "kliniken|poliklinik*|policlinic*|universitatsklinik*|universitaetsklinik*|universitatsmedizin*|"
     "universitatsspital|universitaetsmedizin*|uniklinik*|unispital|spital|spitalul|inselspital|ziekenhuis*|ziekenhui|"
     "medisch centrum|medisch spectrum|sykehus*|sjukhus*|sygehus*|sairaala*|szpital*|nemocnic*|korhaz*|bolnic*|"
     "hastane*|medical center|medical centre|medical centers|medical ctr|med ctr|med center|med centre|medicalcenter|"
     "health system|health systems|healthcare system|health care system|healthcare trust|foundation trust|local health "
     "district|byoin|complejo asistencial|centro de salud|health service|health "
     "services|"
     "health network|healthcare network|health trust|health board|health centre|health center|nhs trust|nhs "
     "foundation|infirmary|"
     "cancer center|cancer centre|cancer hospital|cancer institute|heart institute|eye institute|chu|chru|chum|"
     "centre hospitalier*|centro hospitalar|centro medico|complejo hospitalario|santa casa|azienda sanitaria|"
     "azienda ospedaliera*|asst|ausl|irccs|unidade local de saude|unidad de cuidados|hospices civils|sanatorium|"
     "rehabilitation center|rehabilitation centre|rehabilitation institute|hospice|maternity|veterans affairs|"
     "больниц*|клиник*|госпитал*|лікарн*|νοσοκομειο|مستشفى|بیمارستان|医院|醫院|病院|医療センター|병원|의료원|bệnh "
     "viện|benh vien|"
     "โรงพยาบาล|medical group|surgery center|heart center|heart centre|children's health|health care center|"
     "general practice|dialysis center"sv},
    {company, legal_form,
     "inc|incorporated|ltd|ltda|lda|llc|l l c|llp|gmbh*|corp|corporation|plc|co ltd|company ltd|company "
     "limited|limited|"
     "pty|pvt|pte|b v|s p a|spa|s r l|srl|sarl|s a r l|s a s|s l u|sdn bhd|bhd|aktiengesellschaft|ag|kg|kgaa|oyj|"
     "ggmbh & co kg|ggmbh & co|gesellschaft mit beschrankter haftung|gesellschaft "
     "mbh|mbh|kommanditgesellschaft|societa per azioni|societa a "
     "responsabilita limitata|societa cooperativa|societe anonyme|societe par actions simplifiee|societe a "
     "responsabilite "
     "limitee|societe cooperative|sociedad anonima|sociedad limitada|sociedad de responsabilidad limitada|sociedad "
     "cooperativa|s coop|sociedade anonima|sociedade unipessoal|unipessoal|besloten vennootschap|naamloze vennootschap|"
     "aktieselskab|anpartsselskab|aktiebolag|osakeyhtio|allmennaksjeselskap|anonymi etair*|anonymos etair*|anonimi "
     "etair*|monoprosopi*|idiotiki kefalaiou*|anonim sirketi|limited sirketi|ltd sti|sanayi ve ticaret|spolka akcyjna|"
     "spolka z ograniczona*|spolka z o o|spolecnost s rucenim|spolocnost s rucenim|akciova spol*|reszvenytarsasag|"
     "korlatolt felelossegu*|nyrt|druzba d o o|drustvo s ogranicenom*|drustvo sa ogranicenom*|dionicko drustvo|"
     "akcionarsko drustvo|delnicka druzba|eood|societate pe actiuni|societate cu raspundere*|uzdaroji akcine*|uab|"
     "sabiedriba ar ierobezotu*|akciju sabiedriba|aktsiaselts|osauhing|designated activity company|public limited "
     "company|sasu|eurl|sprl|bvba|cvba|scrl|"
     "oy|kabushiki kaisha|co kg|aps|gesmbh|ges m b h|zrt|d o o|sp z o o|s r o|s a de c v|company|companies"sv},
    {company, short_legal_form,
     "a e|e p e|d d|ood|ead|slu|sau|sia|sa|sas|sl|ab|as|co|k k|nv|bv|lp|s a|a s|a b|n v|se|kft|asa|s l|a g|l p"sv},
    {company, strong,
     "ооо|оао|зао|пао|公司|有限公司|株式会社|주식회사|有限責任|集团|集團|"
     "therapeutics|pharmaceuticals|biopharma|biopharmaceuticals|biotherapeutics|startup|motor company|oil company|"
     "consulting|consultants|consultancy|ventures|capital management|asset management|hedge fund|venture capital|"
     "holdings|software company|telecom"sv},
    {company, weak,
     "pharmaceutical|pharma|biosciences|biotech|biotechnologies|diagnostics|medical devices|semiconductor|"
     "technologies|techonologies|chemicals|kogyo|seisakusho|kasei|holding|mfg|medtech|fintech|software|labs|ai lab|ai "
     "labs|robotics|solutions|industries|automotive|motors|electronics|"
     "semiconductors|games|studio|studios|bank|securities|insurance|airlines|energy company|engineering "
     "services|analytics|"
     "r d center|r&d center|r&d centre|biosystems|bioscience|biologics|enterprises|media "
     "group|interactive|"
     "pharmacy benefit|aerospace|"
     "technology co"sv},
    {facility, strong,
     "max planck institut*|max planck inst|max planck for|max plank institut*|max planc institut*|maxplanck institut*|"
     "mpi for|mpi fur|mpi f|=mpi|mpis|irt|national lab|national labs|national laboratory|national laboratories|nat "
     "lab|natl lab|natl laboratory|"
     "academy of sciences|academy of science|acad of sci|acad sci|acad med sci|acad agr sci|acad engn|acad of "
     "sciences|academy of agricultural sciences|"
     "academy of medical sciences|academia nacional de ciencias|akademie der wissenschaften|academie des sciences|"
     "akademie ved|accademia delle scienze|академии наук|академия наук|research establishment|synchrotron*|"
     "accelerator center|observatory|observatoire|observatorio|osservatorio|sternwarte|forschungszentrum|"
     "supercomputer center|supercomputing center|supercomputing centre|中国科学院|科学院|中科院|中央研究院|国家实验室|"
     "radiation source|geoforschungszentrum"sv},
    {facility, weak,
     "biobank*|umr|unite mixte de recherche|joint research unit|kenkyujo|kenkyusho|vyzkumn*|vyskumn*|مرکز "
     "تحقیقات|research "
     "facility|"
     "institute|institutes|inst|insitute|institue|intitute|institut|instituto|istituto|instituut|institutet|institutul|"
     "instytut*|ustav|intezet*|institutt|enstitu*|forschungsinstitut*|research center|research centre|"
     "research centers|research organization|research organisation|research station|"
     "research foundation|research laboratory|research laboratories|science center|science centre|"
     "centre de recherche*|centro de investigac*|centro nacional|centro ricerche|centro di ricerc*|centre national|"
     "centre of excellence|center of excellence|forschungsgruppe|forskningscent*|badan|"
     "институт*|інститут*|ινστιτουτο|研究所|研究院|研究中心|実験所|연구원|연구소|センター"sv},
    {facility, part,
     "lab|laboratory|laboratories|laboratoire|laboratorio*|laboratorium|center|centre|centro|zentrum|centrum|ctr|"
     "research unit|research group|station|实验室|實驗室|研究室"sv},
    {government, strong,
     "reserve bank|central bank|federal reserve|banco central|banque centrale|banca d italia|banco de espana|banque de "
     "france|bundesbank|riksbank|norges bank|danmarks nationalbank|oesterreichische nationalbank|schweizerische "
     "nationalbank|swiss national bank|national bank of belgium|banque nationale de belgique|nederlandsche bank|"
     "bank of england|bank of japan|bank of korea|bank of israel|bank of canada|bank of mexico|bank of italy|bank of "
     "france|bank of spain|bank of greece|bank of finland|bank of portugal|bank of lithuania|bank of latvia|"
     "bank of estonia|bank of slovenia|bank of russia|bank of thailand|bank of ghana|bank of uganda|bank of tanzania|"
     "bank of zambia|bank of jamaica|bank of indonesia|bank indonesia|bank of mongolia|bank of namibia|bank of "
     "botswana|"
     "bank negara|bangko sentral|rastra bank|merkez bankasi|bank al maghrib|bangladesh bank|da afghanistan "
     "bank|nationalbank|"
     "nationale bank van|eesti pank|latvijas banka|lietuvos bankas|banka slovenije|banca nationala|banka e shqiperise|"
     "narodna banka|narodna banka*|narodni banka|suomen pankki|sedlabanki*|banky foiben|banco de la republica|banca "
     "centrale|"
     "banco nacional de angola|nationalbanken|centrale bank|"
     "state bank of pakistan|state bank of vietnam|czech national bank|slovak national bank|bulgarian national bank|"
     "croatian national bank|austrian national bank|danish national bank|hungarian national bank|ukrainian national "
     "bank|"
     "polish national bank|national bank of austria|national bank of denmark|national bank of bulgaria|"
     "national bank of croatia|national bank of kazakhstan|national bank of ethiopia|national bank of rwanda|"
     "national bank of moldova|national bank of georgia|national bank of cambodia|national bank of angola|"
     "national bank of tajikistan|national bank of north macedonia|national bank of macedonia|national bank of "
     "kyrgyzstan|"
     "national bank of montenegro|kyrgyz national bank|bank for international settlements|development bank|"
     "european investment bank|european bank for reconstruction|bank for reconstruction and development|"
     "municipal corporation|"
     "bank of albania|bank of algeria|bank of mauritius|bank of sierra leone|bank of lao|banco de mexico|banco de "
     "portugal|narodowy bank polski|ceska narodni banka|magyar nemzeti bank|hrvatska narodna banka|monetary authority|"
     "national bank of ukraine|national bank of poland|national bank of romania|national bank of serbia|national bank "
     "of slovakia|national bank of hungary|national bank of the republic|people s bank of china|"
     "geological survey|national institutes of health|city council|county council|municipality of|office of the "
     "president|"
     "public health service|public health laboratory|public health agency|national park service|"
     "police|coast guard|parliament|central bank of|ministry of defence|ministry of defense|air force base"sv},
    {government, weak,
     "council|metrolog*|agricultural research institute|geological institute|conseil|consejo|conselho|"
     "secretariat|court|research council|agricultural research corporation|deposit insurance corporation|department of "
     "energy|department of "
     "biotechnology|warfare center|authority|oceanic and atmospheric|"
     "ministry|ministries|ministere|ministerio|ministero|ministerium|bundesministerium|bundesanstalt*|bundesamt|"
     "landesamt|government|governmental|gouvernement|gobierno|agency|agence|agencia|agenzia|bureau|"
     "department of health|department of agriculture|department of fisheries|department of conservation|"
     "department of primary industries|department of natural resources|"
     "department of transport|department of transportation|department of education|department of defence|department of "
     "defense|department of justice|department of the interior|department of commerce|department of labor|department "
     "of "
     "labour|department of homeland security|department of veterans affairs|department of environmental protection|"
     "department of environmental quality|department of environmental affairs|department of environmental conservation|"
     "department of the environment|department of environment and conservation|department of environment and natural|"
     "department of forests|department of lands|department of water affairs|department of water and|department of "
     "science and technology|department of atomic energy|department of space|department of public works|department of "
     "parks|department of fish|department of industry|department of state|department of planning|department of human "
     "services|department of social development|department for environment|department for "
     "transport|department for education|department for international|department for business|meteorological service|"
     "meteorological office|meteorological agency|weather service|county|embassy|secretaria de|office of|federal "
     "office|"
     "center for disease control|centre for disease control|centers for disease control|disease control|"
     "administration|commission|directorate|national council|consejo nacional|conseil national|army|navy|air force|"
     "министерство|政府|疾病预防控制中心|national institute of public health|institute of public health|"
     "public health institute|national institute for public health|institute of hygiene|naval"sv},
    {nonprofit, strong,
     "ggmbh|gemeinnutzige gmbh|gemeinnutzige gesellschaft|non profit|nonprofit|not for "
     "profit|ngo|charity|philanthrop*|american society of|"
     "society of|royal society|japan society"sv},
    {facility, weak,
     "seed bank|gene bank|genebank|germplasm bank|tissue bank|brain bank|plasmid bank|establishment|china academy of|"
     "academy of engineering physics|academy of railway sciences|academy of space technology|labortory|labratory|"
     "laborotory|labaratory"sv},
    {healthcare, weak, "blood bank|cord blood bank|eye bank|milk bank|blood service|blood center|blood centre"sv},
    {nonprofit, weak,
     "conservancy|carnegie corporation|food bank|better business bureau|farm bureau|national bureau of asian research"sv},
    {company, strong, "bureau veritas|bureau van dijk|bureau d etudes"sv},
    {government, weak,
     "science and technology corporation|agricultural research corporation|research and development corporation|"
     "industrial development corporation|agricultural development corporation|housing corporation|"
     "city of|city hall|town hall|town council|municipality|municipal government|municipio "
     "de|municipalidad|ayuntamiento|"
     "ajuntament|prefeitura|camara municipal|comune di|mairie|gemeente|ville "
     "de|stadtverwaltung|landeshauptstadt|canton of|"
     "diputacion|diputacio|generalitat|xunta|junta de|governo do|governo "
     "da|regierung*|bezirksregierung|senatsverwaltung|"
     "landesanstalt*|landratsamt|bundeswehr|bundespolizei|bundeskriminalamt|bundesagentur|bundesinstitut|"
     "bundesforschung*|"
     "pemerintah|kementerian|kementrian|kagawaran|jabatan|ministerstv*|ministerstwo|ministerie|ministarstvo|"
     "miniszterium*|"
     "bakanlig*|mudurlug*|ministerul|ministeri|departementet|direktorat*|styrelsen|myndigheten|urzad|hivatal*|"
     "ministrija|"
     "ministeerium|agentschap|agentura|agencija|ajansi|agentur|"
     "правительство|администрация|федеральное агентство|федеральная служба|人民政府|管理局|"
     "armed forces|marine corps|defence force|defense force|defence forces|defense forces|forsvaret|forsvarsmakten|"
     "guardia civil|gendarmerie|carabinieri|national guard|space force|fire service|fire department|fire brigade|fire "
     "rescue|"
     "statistics norway|statistics canada|statistics netherlands|statistics denmark|statistics sweden|statistics "
     "finland|"
     "statistics estonia|statistics korea|statistics south africa|statistics new zealand|statistics bureau|"
     "statistical office|central statistical office|office for national statistics|national institute of statistics|"
     "instituto nacional de estadistica|statistisches bundesamt|statistics office|"
     "environment canada|agriculture canada|health canada|parks canada|oceans canada|natural resources canada|"
     "agri food canada|climate change canada|services canada|public safety canada|"
     "hydrographic office|hydrographic service|patent office|patent and trademark|supreme court|national "
     "assembly|senate|"
     "house of representatives|bundestag|european parliament|board of education|pollution control board|water board|"
     "subsecretaria|direccion general|direction generale|direcao geral|direzione generale|general directorate|"
     "rijkswaterstaat|rijksdienst|department of public safety|department of community safety|"
     "department of veterinary services|department of external affairs|department of foreign affairs|"
     "department of national defence|department of national parks|department of water resources|"
     "department of the treasury|department of the navy|department of the army|department of the air force|"
     "department of livestock|department of health and human services|department of mineral resources|"
     "departamento de salud|departamento de agricultura|departamento de defensa|departamento de energia|"
     "departamento de seguridad|departamento del interior|"
     "health department|health authority|public health england|public health wales|public health scotland|"
     "public health ontario|hlth agcy|minist|govt|geol survey|ctr dis control*"sv},
    {nonprofit, weak,
     "e v|ev|charitable|onlus|fonden|verband|stiftelse|"
     "foundation|fondation|fundacion|fundacio|fundacao|fondazione|stiftung|stiftelsen|saatio|nadace|fundacja|"
     "society|association|associazione|asociacion|associacao|verein|trust|alliance|federation|"
     "union of|league|财团|財団|基金会|协会|協会|学会|재단|фонд|consortium|initiative"sv},
    {archive, weak,
     "museum*|musee|museo|archive|archives|library|bibliothek|bibliotheque|biblioteca|muzeum|博物館|博物馆|"
     "図書館|图书馆|botanical garden|botanic garden|botanical gardens|herbarium|zoo"sv},
    {unknown, unaffiliated,
     "independent|independent researcher|independent scholar|independent scientist|independent research|"
     "independent consultant|unaffiliated|no affiliation|not affiliated|self employed|self|freelance*|"
     "private researcher|citizen scientist|retired|n a|none|individual researcher|individual"sv},
    {unknown, department,
     "department*|dept|depts|dep|departement*|departamento*|dipartimento*|division*|section|unit|team|group|abteilung|"
     "lehrstuhl|kafedra|кафедра|program|programme|systems engineering|biomedical data science|computational "
     "medicine|computer science|statistics|mathematics|physics"sv},
    {unknown, operator_follows, "operated by|managed by|operated for|managed and operated by|run by"sv},
    {unknown, ignored,
     "u s a|university campus|campus univers*|campus universit*|campus universitaire|universities space|"

     "hospitality*|hospital pharmac*|hospital management|hospital administration|hospital infection*|hospital "
     "epidemiology|"
     "hospital hygiene|hospital medicine|hospital engineering|hospital dentistry|police science|police "
     "studies|hospital de orbigo|oliveira do "
     "hospital|west bank|south bank|data bank|bureau d economie|college green|college hill|college lane|university "
     "square|"
     "university gardens|university terrace|university crescent|university plaza|hospital lane|hospital hill|museum "
     "street|"
     "academy street|academy road|academy way|library street|institute lane|foundation way|company law|bank management|"
     "diagnostics center|diagnostic center|and health services|of health services|of health system|of "
     "health systems|"
     "universal|universe|universum|univision|univariate|universal design|college park|college station|university park|"
     "university avenue|university ave|university drive|university dr|university road|university rd|university street|"
     "university st|university way|university blvd|university boulevard|university place|college road|college street|"
     "college st|college ave|college avenue|college rd|school street|school road|school lane|hospital road|"
     "hospital street|hospital rd|hospital avenue|hospital drive|institute road|institutional area|"
     "institute street|institution|l hospitalet|hospitalet|l hospitalet de llobregat|clinic drive|laboratory road|"
     "laboratory drive|technology park|science park|university city|university heights|museum road|"
     "bank street|station road|station street|police station|army post office|county road|county cork|orange county|"
     "company road|sa de|corpus christi|church street|library road|navy pier|clinical|as well as|as a|same as|"
     "department of electronics|department of robotics|department of software|tech hub|"
     "dept of electronics|dept of software|department of systems|department of school|society hill|fischer "
     "bosch|foundation model|foundation models"sv},
};

}  // namespace detail::word_table

/// The table, for programs to read; a user's own words go into `classifier_options::words`.
inline constexpr auto& known_type_words = detail::word_table::rows;

}  // namespace compute_divide::inline v0_2

#endif
