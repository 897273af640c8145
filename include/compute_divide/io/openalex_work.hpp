// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_WORK_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_WORK_HPP

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/io/openalex_abstract.hpp>

/// A work of OpenAlex, as io/openalex.hpp reads it. Plain values: what is not given is an empty optional, an empty text
/// or, of a list, `..._known == false`; never zero. Ids are without "https://openalex.org/" and "https://ror.org/".
namespace compute_divide::inline v0_2 {

/// What a work is about, by OpenAlex's classification since 2024.
struct openalex_topic {
    std::string id;  ///< "T10028"
    std::string name;
    std::optional<double> score;
    std::optional<int> subfield, field, domain;  ///< numbers of their ids: 1702, 17, 3

    friend bool operator==(const openalex_topic&, const openalex_topic&) = default;
};

/// What a work is about, by OpenAlex's classification until 2024.
struct openalex_concept {
    std::string id;  ///< "C41008148"
    std::string name;
    std::optional<int> level;  ///< 0 is the widest
    std::optional<double> score;

    friend bool operator==(const openalex_concept&, const openalex_concept&) = default;
};

/// An institution of an author.
struct openalex_institution {
    std::string id;                      ///< "I136199984"
    std::string ror;                     ///< "03vek6s52"
    std::optional<std::string> country;  ///< ISO 3166 code of two letters
    /// unknown: a type is given that says nothing of what it is, "funder", or a word that is none of ROR's.
    std::optional<institution_type> type;

    friend bool operator==(const openalex_institution&, const openalex_institution&) = default;
};

/// Where an author stands in the list of authors.
enum class author_position { first, middle, last };
[[nodiscard]] constexpr auto enumerators(author_position) {
    using enum author_position;
    return std::array{named<author_position>{first, "first"}, named<author_position>{middle, "middle"},
                      named<author_position>{last, "last"}};
}

/// One author of a work, without the name.
struct openalex_authorship {
    std::optional<author_position> position;
    std::optional<bool> is_corresponding;
    std::vector<openalex_institution> institutions;
    std::vector<std::string> raw_affiliations;  ///< as printed; in old records all in one, with "; " between
    std::string author = {};                    ///< id, "A5023888391"; empty unless openalex_fields::authors

    friend bool operator==(const openalex_authorship&, const openalex_authorship&) = default;
};

/// Where a work appeared: `primary_location.source`, or `host_venue` in old records.
struct openalex_source {
    std::string id;  ///< "S137773608"
    std::string name;
    std::string type;  ///< "journal"

    friend bool operator==(const openalex_source&, const openalex_source&) = default;
};

/// A paper, book, dataset or the like.
struct openalex_work {
    std::string id;  ///< "W2741809807"
    std::optional<int> year;
    std::optional<std::chrono::year_month_day> date;
    std::optional<std::string>
        type;  ///< in OpenAlex's words of the time: "article" is "journal-article" in old records
    std::optional<std::string> language;  ///< ISO 639 code of two letters
    std::optional<bool> is_retracted, is_paratext, is_xpac;
    std::string title;
    openalex_source source;
    bool topics_known = false, concepts_known = false, authorships_known = false;
    std::vector<openalex_topic> topics;  ///< the first is the primary one
    std::vector<openalex_concept> concepts;
    std::vector<openalex_authorship> authorships;
    openalex_abstract abstract;

    friend bool operator==(const openalex_work&, const openalex_work&) = default;
};

/// Which parts of a work are read; the others are as if they were not given. What is not read costs little.
struct openalex_fields {
    bool topics = true;
    bool concepts = true;
    bool authorships = true;
    bool raw_affiliations = true;  ///< of the authorships
    bool source = true;
    bool abstract = true;
    bool title = true;
    bool authors = false;  ///< ids of the authors, of the authorships: for institutions/careers.hpp
};

}  // namespace compute_divide::inline v0_2

#endif
