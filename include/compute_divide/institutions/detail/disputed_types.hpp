// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_DISPUTED_TYPES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_DISPUTED_TYPES_HPP

#include <string_view>

#include <compute_divide/institutions/institution_type.hpp>

/// Known organisations of which the registry says another type.
namespace compute_divide::inline v0_2::detail {

struct disputed_type {
    std::string_view name;
    institution_type registry;
};

// Written by examples/tools/make_disputed_types.cpp, in the order of bytes. Source: Research Organization Registry
// (CC0).
// clang-format off
inline constexpr disputed_type disputed_types[] = {
    {"A*STAR", institution_type::government},
    {"Academy of Athens", institution_type::education},
    {"Austrian Academy of Sciences", institution_type::government},
    {"BRGM", institution_type::government},
    {"Banca D'italia", institution_type::other},
    {"Bank of Canada", institution_type::other},
    {"Bank of Italy", institution_type::other},
    {"Basque Center for Applied Mathematics", institution_type::education},
    {"Bulgarian Academy of Sciences", institution_type::government},
    {"CINVESTAV", institution_type::facility},
    {"CNRS", institution_type::government},
    {"CSIC", institution_type::government},
    {"CSIRO", institution_type::other},
    {"CentraleSupélec", institution_type::facility},
    {"Centre Francois Baclesse", institution_type::nonprofit},
    {"Centre for Genomic Regulation", institution_type::nonprofit},
    {"Cermics", institution_type::facility},
    {"Cgiar", institution_type::other},
    {"Charles Stark Draper Laboratory", institution_type::other},
    {"China Academy of Chinese Medical Sciences", institution_type::education},
    {"Chinese Academy of Agricultural Sciences", institution_type::government},
    {"Chinese Academy of Fishery Sciences", institution_type::nonprofit},
    {"Chinese Academy of Medical Sciences", institution_type::education},
    {"Chinese Academy of Sciences", institution_type::government},
    {"Consiglio Nazionale Delle Ricerche", institution_type::nonprofit},
    {"DFKI", institution_type::nonprofit},
    {"Deutscher Wetterdienst", institution_type::facility},
    {"Draper Laboratory", institution_type::other},
    {"ESA", institution_type::nonprofit},
    {"Fundacao Oswaldo Cruz", institution_type::facility},
    {"Group Health", institution_type::nonprofit},
    {"Hungarian Academy of Sciences", institution_type::government},
    {"INESC TEC", institution_type::nonprofit},
    {"INFN", institution_type::government},
    {"INSERM", institution_type::government},
    {"Indian Association for the Cultivation of Science", institution_type::education},
    {"Indian Institute of Technology Palakkad", institution_type::facility},
    {"Inria", institution_type::government},
    {"Institut Gustave Roussy", institution_type::facility},
    {"Institut Mines Telecom", institution_type::facility},
    {"Institut Paoli Calmettes", institution_type::nonprofit},
    {"Inter American Development Bank", institution_type::other},
    {"International Atomic Energy Agency", institution_type::nonprofit},
    {"International Centre for Theoretical Sciences", institution_type::facility},
    {"International Institute of Tropical Agriculture", institution_type::nonprofit},
    {"Internet2", institution_type::other},
    {"Isglobal", institution_type::healthcare},
    {"Istituto Nazionale Di Astrofisica", institution_type::government},
    {"James Hutton Institute", institution_type::nonprofit},
    {"Japan Society for the Promotion of Science", institution_type::nonprofit},
    {"Jiangsu Academy of Agricultural Sciences", institution_type::government},
    {"Kaiser Permanente", institution_type::nonprofit},
    {"L V Prasad Eye Institute", institution_type::nonprofit},
    {"Leibniz Association", institution_type::government},
    {"Marine Biological Laboratory", institution_type::nonprofit},
    {"Mathematica Policy Research", institution_type::facility},
    {"Meteo France", institution_type::other},
    {"NASA", institution_type::facility},
    {"NICTA", institution_type::other},
    {"National Academy of Sciences of Ukraine", institution_type::government},
    {"National Institutes of Health", institution_type::facility},
    {"National Research Council", institution_type::nonprofit},
    {"Naval Surface Warfare Center", institution_type::facility},
    {"Naval Undersea Warfare Center", institution_type::other},
    {"Netherlands Cancer Institute", institution_type::healthcare},
    {"Nilu", institution_type::nonprofit},
    {"Norwegian Computing Center", institution_type::nonprofit},
    {"Novo Nordisk Foundation", institution_type::facility},
    {"Ontario Institute for Cancer Research", institution_type::nonprofit},
    {"Oswaldo Cruz Foundation", institution_type::facility},
    {"Polish Academy of Science", institution_type::government},
    {"Polish Academy of Sciences", institution_type::government},
    {"Rise Research Institutes of Sweden", institution_type::other},
    {"Romanian Academy", institution_type::archive},
    {"Royal Swedish Academy of Sciences", institution_type::nonprofit},
    {"Russian Academy of Sciences", institution_type::government},
    {"Santa Fe Institute", institution_type::nonprofit},
    {"Sciences Po", institution_type::facility},
    {"Slovak Academy of Sciences", institution_type::government},
    {"Statens Serum Institut", institution_type::facility},
    {"Swiss Institute of Bioinformatics", institution_type::nonprofit},
    {"Tecnalia", institution_type::other},
    {"University of Kansas Medical Center", institution_type::healthcare},
    {"Vietnam Academy of Science and Technology", institution_type::government},
    {"Woods Hole Oceanographic Institution", institution_type::nonprofit},
};
// clang-format on

}  // namespace compute_divide::inline v0_2::detail

#endif
