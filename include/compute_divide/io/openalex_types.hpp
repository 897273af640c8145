// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_TYPES_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_TYPES_HPP

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/openalex_work.hpp>
#include <compute_divide/json.hpp>

/// What the institutions of a work are: by OpenAlex, by the classifier, or by both.
namespace compute_divide::inline v0_2 {

/// Who says it, author by author: OpenAlex does not tell which institution a raw affiliation is.
enum class openalex_types {
    given,       ///< OpenAlex
    classified,  ///< the classifier, of the raw affiliations
    either,      ///< OpenAlex; of an author for whom it gives no type, the classifier
    both         ///< only what both say of an author
};
[[nodiscard]] constexpr auto enumerators(openalex_types) {
    using enum openalex_types;
    return std::array{named<openalex_types>{given, "given", "by OpenAlex"},
                      named<openalex_types>{classified, "classified", "by the classifier"},
                      named<openalex_types>{either, "either", "by OpenAlex, else by the classifier"},
                      named<openalex_types>{both, "both", "by both alike"}};
}

/// What is said of one author: sets of types, in order, without unknown.
struct openalex_type_pair {
    std::vector<institution_type> given = {}, classified = {};

    friend auto operator<=>(const openalex_type_pair&, const openalex_type_pair&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<openalex_type_pair>) {
    using result = openalex_type_pair;
    return member_list(member{"given", &result::given}, member{"classified", &result::classified});
}

/// Reads types off works. Keeps memory, so each thread has its own; the classifier, which must outlive this, may be
/// shared. `Classify` may be anything else that is called with a text and returns an affiliation, or a reference to one
/// that lives until the next call, such as one that remembers.
///
///     openalex_sectors sectors(who, openalex_types::either);
///     team_of(count_sectors(sectors(work)))
template <class Classify = const classifier>
class openalex_sectors {
public:
    explicit openalex_sectors(Classify& who, openalex_types types = openalex_types::either, sector_mapping read_as = {})
        : who_(&who), types_(types), read_as_(read_as) {}

    /// The authors of a work, for `count_sectors`: of each the sectors of the institutions, one for each, or none. An
    /// institution of which no type is known is sector::unknown; one that the classifier finds in several affiliations
    /// of an author counts once. Lives until the next call.
    [[nodiscard]] const std::vector<std::vector<sector>>& operator()(const openalex_work& work) {
        authors_.resize(work.authorships.size());
        for (std::size_t i = 0; i < authors_.size(); ++i) {
            authors_[i].clear();
            for (const institution_type type : chosen(work.authorships[i]))
                authors_[i].push_back(sector_of(type, read_as_));
        }
        return authors_;
    }

    /// Calls visit(openalex_type_pair) for what is said of the authors for whom OpenAlex gives a type and there is a
    /// raw affiliation; of authors of a work of whom the same is said, once, for they tend to sit in one place.
    ///
    ///     evaluation<institution_type> agreement;  // institutions/evaluation.hpp; the truth there is what is given
    ///     sectors.compare(work, [&](const auto& pair) { agreement.add(pair.given, pair.classified); });
    template <class Visit>
    void compare(const openalex_work& work, Visit visit) {
        pairs_.clear();
        for (const openalex_authorship& author : work.authorships) {
            if (author.raw_affiliations.empty()) continue;
            read_given(author);
            read_classified(author);
            openalex_type_pair pair{known_set(given_), known_set(classified_)};
            if (!pair.given.empty()) pairs_.insert(std::move(pair));
        }
        for (const openalex_type_pair& each : pairs_) visit(each);
    }

private:
    static bool is_known(institution_type type) { return type != institution_type::unknown; }
    static std::vector<institution_type> known_set(std::vector<institution_type> types) {
        std::erase(types, institution_type::unknown);
        std::sort(types.begin(), types.end());
        types.erase(std::unique(types.begin(), types.end()), types.end());
        return types;
    }

    /// given_ becomes what OpenAlex says of an author.
    void read_given(const openalex_authorship& author) {
        given_.clear();
        for (const openalex_institution& each : author.institutions)
            given_.push_back(each.type.value_or(institution_type::unknown));
    }
    /// classified_ becomes what the classifier says.
    void read_classified(const openalex_authorship& author) {
        classified_.clear();
        names_.clear();
        for (const std::string& text : author.raw_affiliations)
            for (const institution& each : classified(text).institutions) {
                if (std::find(names_.begin(), names_.end(), each.name) != names_.end()) continue;
                names_.push_back(each.name);
                classified_.push_back(each.type);
            }
    }

    [[nodiscard]] decltype(auto) classified(const std::string& text) {
        if constexpr (std::same_as<std::remove_const_t<Classify>, classifier>)
            return (*who_)(text, memory_);
        else
            return (*who_)(text);
    }

    [[nodiscard]] const std::vector<institution_type>& chosen(const openalex_authorship& author) {
        if (types_ != openalex_types::classified) read_given(author);
        if (types_ == openalex_types::given) return given_;
        if (types_ == openalex_types::either && std::any_of(given_.begin(), given_.end(), is_known)) return given_;
        read_classified(author);
        if (types_ != openalex_types::both) return classified_;
        std::erase_if(given_, [&](institution_type type) {
            return std::find(classified_.begin(), classified_.end(), type) == classified_.end();
        });
        return given_;
    }

    Classify* who_;
    openalex_types types_;
    sector_mapping read_as_;
    std::vector<institution_type> given_, classified_;
    std::vector<std::string> names_;  // of what is classified
    std::vector<std::vector<sector>> authors_;
    std::set<openalex_type_pair> pairs_;
    classifier::workspace memory_;
};

}  // namespace compute_divide::inline v0_2

#endif
