// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_PUBLICATION_KIND_HPP
#define COMPUTE_DIVIDE_IO_PUBLICATION_KIND_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/enumerators.hpp>

/// In which form something was made known, by the addresses that a table gives for it.
namespace compute_divide::inline v0_2 {

/// Forms of publication, from the least that others have looked at to the most.
enum class publication_kind {
    none,          ///< no address at all
    report,        ///< a report, a page, a blog, an announcement: any address but those below
    preprint,      ///< on a server of preprints
    peer_reviewed  ///< at a conference or in a journal
};
[[nodiscard]] constexpr auto enumerators(publication_kind) {
    using enum publication_kind;
    return std::array{named<publication_kind>{none, "none"},
                      named<publication_kind>{report, "report", "report or blog"},
                      named<publication_kind>{preprint, "preprint"},
                      named<publication_kind>{peer_reviewed, "peer_reviewed", "conference or journal"}};
}

namespace detail {

inline constexpr std::string_view preprint_hosts[]{"arxiv.org",          "biorxiv.org", "medrxiv.org",   "chemrxiv.org",
                                                   "researchsquare.com", "ssrn.com",    "preprints.org", "hal.science",
                                                   "techrxiv.org",       "osf.io",      "psyarxiv.com"};
inline constexpr std::string_view venue_hosts[]{"nature.com",
                                                "ieeexplore.ieee.org",
                                                "academic.oup.com",
                                                "link.springer.com",
                                                "dl.acm.org",
                                                "proceedings.neurips.cc",
                                                "papers.nips.cc",
                                                "papers.neurips.cc",
                                                "sciencedirect.com",
                                                "aclanthology.org",
                                                "aclweb.org",
                                                "science.org",
                                                "sciencemag.org",
                                                "proceedings.mlr.press",
                                                "jmlr.org",
                                                "pnas.org",
                                                "ojs.aaai.org",
                                                "aaai.org",
                                                "pubs.acs.org",
                                                "onlinelibrary.wiley.com",
                                                "openaccess.thecvf.com",
                                                "isca-archive.org",
                                                "isca-speech.org",
                                                "cell.com",
                                                "direct.mit.edu",
                                                "journals.plos.org",
                                                "pmc.ncbi.nlm.nih.gov",
                                                "frontiersin.org",
                                                "mdpi.com",
                                                "pubs.rsc.org",
                                                "iopscience.iop.org",
                                                "journals.aps.org",
                                                "tandfonline.com",
                                                "journals.sagepub.com",
                                                "ijcai.org",
                                                "usenix.org",
                                                "biomedcentral.com",
                                                "bmj.com",
                                                "thelancet.com",
                                                "royalsocietypublishing.org"};
/// Where anything may be, in any form.
inline constexpr std::string_view any_form_hosts[]{"semanticscholar.org",
                                                   "researchgate.net",
                                                   "citeseerx.ist.psu.edu",
                                                   "doi.org",
                                                   "pubmed.ncbi.nlm.nih.gov",
                                                   "ncbi.nlm.nih.gov",
                                                   "openreview.net",
                                                   "scholar.google.com",
                                                   "paperswithcode.com",
                                                   "web.archive.org",
                                                   "archive.org"};

/// Whether a host is one of some, or a part of one.
[[nodiscard]] constexpr bool is_of_host(std::span<const std::string_view> hosts, std::string_view host) {
    return std::any_of(hosts.begin(), hosts.end(), [&](std::string_view known) {
        return host == known ||
               (host.size() > known.size() && host.ends_with(known) && host[host.size() - known.size() - 1] == '.');
    });
}

}  // namespace detail

/// The form of an address, http or https, by its host: nothing where the host holds papers of any form (doi.org,
/// Semantic Scholar, OpenReview and the like), and for what is no address. An address in an archive is that which was
/// archived.
[[nodiscard]] inline std::optional<publication_kind> publication_kind_of_address(std::string_view address) {
    const std::size_t scheme = address.rfind("://");
    if (scheme == std::string_view::npos || !address.starts_with("http")) return std::nullopt;
    std::string_view rest = address.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#:"));
    std::string host(rest);
    for (char& c : host) c = detail::ascii_lower(c);
    if (host.find('.') == std::string::npos || host.find(' ') != std::string::npos) return std::nullopt;
    if (detail::is_of_host(detail::preprint_hosts, host)) return publication_kind::preprint;
    if (detail::is_of_host(detail::venue_hosts, host)) return publication_kind::peer_reviewed;
    if (detail::is_of_host(detail::any_form_hosts, host)) return std::nullopt;
    return publication_kind::report;
}

/// The form of what a cell of addresses names, with white space or commas between: the highest of them. `none` for a
/// blank cell; nothing where no address tells. A paper on a server of preprints is a preprint, whether or not it came
/// out elsewhere: of conferences and journals this is the least that there may be.
[[nodiscard]] inline std::optional<publication_kind> find_publication_kind(std::string_view cell) {
    constexpr std::string_view between = " \t\r\n,;";
    std::optional<publication_kind> best;
    bool blank = true;
    for (std::size_t begin = cell.find_first_not_of(between); begin != std::string_view::npos;) {
        blank = false;
        const std::size_t end = std::min(cell.find_first_of(between, begin), cell.size());
        const auto found = publication_kind_of_address(cell.substr(begin, end - begin));
        if (found && (!best || *found > *best)) best = found;
        begin = cell.find_first_not_of(between, end);
    }
    return blank ? std::optional(publication_kind::none) : best;
}

}  // namespace compute_divide::inline v0_2

#endif
