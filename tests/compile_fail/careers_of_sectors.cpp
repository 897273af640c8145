// SPDX-License-Identifier: BSL-1.0
// is told: the_sectors_must_be_of_type_sector
#include <string>
#include <vector>

#include <compute_divide/institutions/careers.hpp>

struct row {
    int author;
    int year;
#ifdef FAIL
    std::string sectors;  // their names
#else
    std::vector<compute_divide::sector> sectors;
#endif
};

int main() {
    const std::vector<row> rows;
    return static_cast<int>(compute_divide::careers_of(rows, &row::author, &row::year, &row::sectors).size());
}
