// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_UNIVERSITY_SYSTEMS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_UNIVERSITY_SYSTEMS_HPP

#include <string_view>

/// Campuses of university systems.
namespace compute_divide::inline v0_2::detail {

using namespace std::string_view_literals;  // of known length: compilers count others letter by letter

// Written by examples/tools/make_university_systems.cpp. Source: relationships of the Research Organization Registry
// (CC0). A line is a system, a tab, and a campus.
// clang-format off
inline constexpr std::string_view university_systems = R"_(California State University System	Cal Poly Humboldt
California State University System	California Maritime Academy
California State University System	California Polytechnic State University
California State University System	California State Polytechnic University
California State University System	California State University Los Angeles
California State University System	California State University, Bakersfield
California State University System	California State University, Channel Islands
California State University System	California State University, Chico
California State University System	California State University, Dominguez Hills
California State University System	California State University, East Bay
California State University System	California State University, Fresno
California State University System	California State University, Fullerton
California State University System	California State University, Long Beach
California State University System	California State University, Monterey Bay
California State University System	California State University, Northridge
California State University System	California State University, Sacramento
California State University System	California State University, San Bernardino
California State University System	California State University, San Marcos
California State University System	California State University, Stanislaus
California State University System	San Diego State University
California State University System	San Diego State University, Imperial Valley Campus
California State University System	San Francisco State University
California State University System	San Jose State University
California State University System	Sonoma State University
)_"
R"_(City University of New York	Baruch College
City University of New York	Borough of Manhattan Community College
City University of New York	Bronx Community College
City University of New York	Brooklyn College
City University of New York	CUNY Graduate School of Public Health and Health Policy
City University of New York	CUNY School of Law
City University of New York	City College of New York
City University of New York	College of Staten Island
City University of New York	Craig Newmark Graduate School of Journalism at the City University of New York
City University of New York	Hostos Community College
City University of New York	Hunter College
City University of New York	John Jay College of Criminal Justice
City University of New York	Kingsborough Community College
City University of New York	LaGuardia Community College
City University of New York	Lehman College
City University of New York	Medgar Evers College
City University of New York	New York City College of Technology
City University of New York	Queens College, CUNY
City University of New York	Queensborough Community College, CUNY
City University of New York	Research Foundation of The City University of New York
City University of New York	The Graduate Center, CUNY
City University of New York	York College, City University of New York
)_"
R"_(Minnesota State Colleges and Universities System	Alexandria Technical and Community College
Minnesota State Colleges and Universities System	Anoka Technical College
Minnesota State Colleges and Universities System	Anoka-Ramsey Community College
Minnesota State Colleges and Universities System	Bemidji State University
Minnesota State Colleges and Universities System	Central Lakes College
Minnesota State Colleges and Universities System	Century College
Minnesota State Colleges and Universities System	Dakota County Technical College
Minnesota State Colleges and Universities System	Fond du Lac Tribal and Community College
Minnesota State Colleges and Universities System	Hennepin Technical College
Minnesota State Colleges and Universities System	Hibbing Community College
Minnesota State Colleges and Universities System	Inver Hills Community College
Minnesota State Colleges and Universities System	Itasca Community College
Minnesota State Colleges and Universities System	Lake Superior College
Minnesota State Colleges and Universities System	Mesabi Range College
Minnesota State Colleges and Universities System	Metropolitan State University
Minnesota State Colleges and Universities System	Minneapolis College
Minnesota State Colleges and Universities System	Minnesota State College-Southeast Technical
Minnesota State Colleges and Universities System	Minnesota State Community and Technical College
Minnesota State Colleges and Universities System	Minnesota State University Moorhead
Minnesota State Colleges and Universities System	Minnesota State University, Mankato
Minnesota State Colleges and Universities System	Minnesota West Community & Technical College
Minnesota State Colleges and Universities System	Normandale Community College
Minnesota State Colleges and Universities System	North Hennepin Community College
Minnesota State Colleges and Universities System	Northland Community and Technical College
Minnesota State Colleges and Universities System	Northwest Technical College
Minnesota State Colleges and Universities System	Rainy River Community College
Minnesota State Colleges and Universities System	Ridgewater College
Minnesota State Colleges and Universities System	Riverland Community College
Minnesota State Colleges and Universities System	Rochester Community and Technical College
Minnesota State Colleges and Universities System	Saint Paul College
Minnesota State Colleges and Universities System	South Central College
Minnesota State Colleges and Universities System	Southwest Minnesota State University
Minnesota State Colleges and Universities System	St. Cloud State University
Minnesota State Colleges and Universities System	St. Cloud Technical and Community College
Minnesota State Colleges and Universities System	Vermilion Community College
Minnesota State Colleges and Universities System	Winona State University
)_"
R"_(Montana State University System	Montana State University
Montana State University System	Montana State University Billings
Montana State University System	Montana State University–Northern
)_"
R"_(Montana University System	Montana Technological University
Montana University System	University of Montana
Montana University System	University of Montana Western
)_"
R"_(Nevada System of Higher Education	College of Southern Nevada
Nevada System of Higher Education	Nevada State University
Nevada System of Higher Education	Truckee Meadows Community College
Nevada System of Higher Education	University of Nevada, Las Vegas
Nevada System of Higher Education	University of Nevada, Reno
Nevada System of Higher Education	Western Nevada College
)_"
R"_(Oklahoma State University System	Oklahoma State University
Oklahoma State University System	Oklahoma State University Center for Health Sciences
Oklahoma State University System	Oklahoma State University Institute of Technology
Oklahoma State University System	Oklahoma State University Medical Center
Oklahoma State University System	Oklahoma State University Oklahoma City
Oklahoma State University System	Oklahoma State University at Tulsa
)_"
R"_(Pennsylvania State System of Higher Education	Bloomsburg University
Pennsylvania State System of Higher Education	Cheyney University of Pennsylvania
Pennsylvania State System of Higher Education	East Stroudsburg University
Pennsylvania State System of Higher Education	Indiana University of Pennsylvania
Pennsylvania State System of Higher Education	Kutztown University
Pennsylvania State System of Higher Education	Lock Haven University
Pennsylvania State System of Higher Education	Mansfield University
Pennsylvania State System of Higher Education	Millersville University
Pennsylvania State System of Higher Education	Shippensburg University
Pennsylvania State System of Higher Education	Slippery Rock University
Pennsylvania State System of Higher Education	West Chester University
)_"
R"_(Philippine Science High School System	Philippine Science High School SOCCSKSARGEN Region Campus
)_"
R"_(Purdue University System	Purdue Global
Purdue University System	Purdue University Fort Wayne
Purdue University System	Purdue University Institute for Cancer Research
Purdue University System	Purdue University Northwest
Purdue University System	Purdue University West Lafayette
)_"
R"_(State University of New York	Alfred State College
State University of New York	Binghamton University
State University of New York	Buffalo State University
State University of New York	Cayuga Community College
State University of New York	Clinton Community College
State University of New York	Columbia-Greene Community College
State University of New York	Dutchess Community College
State University of New York	Empire State University
State University of New York	Farmingdale State College
State University of New York	Fashion Institute of Technology
State University of New York	Finger Lakes Community College
State University of New York	Fulton–Montgomery Community College
State University of New York	Genesee Community College
State University of New York	Herkimer College
State University of New York	Hudson Valley Community College
State University of New York	Jamestown Community College
State University of New York	Jefferson Community College
State University of New York	Mohawk Valley Community College
State University of New York	Monroe Community College
State University of New York	Nassau Community College
State University of New York	New York State College of Agriculture & Life Sciences
State University of New York	New York State College of Ceramics
State University of New York	New York State College of Veterinary Medicine
State University of New York	New York State School of Industrial and Labor Relations
State University of New York	New York State University College of Human Ecology
State University of New York	Niagara County Community College
State University of New York	North Country Community College
State University of New York	Onondaga Community College
State University of New York	Purchase College
State University of New York	Rockland Community College
State University of New York	SUNY Adirondack
State University of New York	SUNY Broome Community College
State University of New York	SUNY Canton
State University of New York	SUNY College of Environmental Science and Forestry
State University of New York	SUNY College of Optometry
State University of New York	SUNY Corning Community College
State University of New York	SUNY Cortland
State University of New York	SUNY Delhi
State University of New York	SUNY Downstate Health Sciences University
State University of New York	SUNY Erie
State University of New York	SUNY Fredonia
State University of New York	SUNY Geneseo
State University of New York	SUNY Maritime College
State University of New York	SUNY Morrisville
State University of New York	SUNY New Paltz
State University of New York	SUNY Old Westbury
State University of New York	SUNY Orange
State University of New York	SUNY Plattsburgh
State University of New York	SUNY Schenectady County Community College
State University of New York	SUNY Sullivan
State University of New York	SUNY Ulster
State University of New York	SUNY Upstate Medical University
State University of New York	SUNY Westchester Community College
State University of New York	State University of New York at Oswego
State University of New York	State University of New York at Potsdam
State University of New York	Stony Brook University
State University of New York	Suffolk County Community College
State University of New York	Tompkins Cortland Community College
State University of New York	University at Albany, State University of New York
State University of New York	University at Buffalo, State University of New York
)_"
R"_(Texas A&M University System	East Texas A&M University
Texas A&M University System	Prairie View A&M University
Texas A&M University System	Tarleton State University
Texas A&M University System	Texas A&M International University
Texas A&M University System	Texas A&M University
Texas A&M University System	Texas A&M University at Galveston
Texas A&M University System	Texas A&M University – Central Texas
Texas A&M University System	Texas A&M University – Corpus Christi
Texas A&M University System	Texas A&M University – Kingsville
Texas A&M University System	Texas A&M University – San Antonio
Texas A&M University System	Texas A&M University – Texarkana
Texas A&M University System	West Texas A&M University
)_"
R"_(The University of Texas System	Stephen F. Austin State University
The University of Texas System	The University of Texas Health Science Center at Houston
The University of Texas System	The University of Texas Health Science Center at Tyler
The University of Texas System	The University of Texas Medical Branch at Galveston
The University of Texas System	The University of Texas Rio Grande Valley
The University of Texas System	The University of Texas Southwestern Medical Center
The University of Texas System	The University of Texas at Arlington
The University of Texas System	The University of Texas at Austin
The University of Texas System	The University of Texas at Dallas
The University of Texas System	The University of Texas at El Paso
The University of Texas System	The University of Texas at San Antonio
The University of Texas System	The University of Texas at Tyler
The University of Texas System	The University of Texas of the Permian Basin
)_"
R"_(University System of Maryland	Bowie State University
University System of Maryland	Coppin State University
University System of Maryland	Frostburg State University
University System of Maryland	Salisbury University
University System of Maryland	Towson University
University System of Maryland	Universities at Shady Grove
University System of Maryland	University of Baltimore
University System of Maryland	University of Maryland Center for Environmental Science
University System of Maryland	University of Maryland Eastern Shore
University System of Maryland	University of Maryland Global Campus
University System of Maryland	University of Maryland, Baltimore
University System of Maryland	University of Maryland, Baltimore County
University System of Maryland	University of Maryland, College Park
)_"
R"_(University System of New Hampshire	Granite State College
University System of New Hampshire	Keene State College
University System of New Hampshire	Plymouth State University
University System of New Hampshire	University of New Hampshire
University System of New Hampshire	University of New Hampshire at Manchester
)_"
R"_(University of Arkansas System	Cossatot Community College
University of Arkansas System	Phillips Community College of the University of Arkansas
University of Arkansas System	University of Arkansas Clinton School of Public Service
University of Arkansas System	University of Arkansas Community College at Batesville
University of Arkansas System	University of Arkansas Medical Center
University of Arkansas System	University of Arkansas at Fayetteville
University of Arkansas System	University of Arkansas at Little Rock
University of Arkansas System	University of Arkansas at Monticello
University of Arkansas System	University of Arkansas at Pine Bluff
University of Arkansas System	University of Arkansas for Medical Sciences
University of Arkansas System	University of Arkansas – Fort Smith
)_"
R"_(University of California System	University of California Division of Agriculture and Natural Resources
University of California System	University of California Office of the President
University of California System	University of California San Diego
University of California System	University of California, Berkeley
University of California System	University of California, Davis
University of California System	University of California, Irvine
University of California System	University of California, Los Angeles
University of California System	University of California, Merced
University of California System	University of California, Riverside
University of California System	University of California, San Francisco
University of California System	University of California, Santa Barbara
University of California System	University of California, Santa Cruz
)_"
R"_(University of Houston System	Texas A&M University-Victoria
University of Houston System	University of Houston
University of Houston System	University of Houston - Clear Lake
University of Houston System	University of Houston - Downtown
)_"
R"_(University of Illinois System	University of Illinois Chicago
University of Illinois System	University of Illinois Urbana-Champaign
University of Illinois System	University of Illinois at Springfield
)_"
R"_(University of London	Birkbeck, University of London
University of London	Brunel University of London
University of London	City St George's, University of London
University of London	Courtauld Institute of Art
University of London	Goldsmiths University of London
University of London	King's College London
University of London	London Business School
University of London	London School of Economics and Political Science
University of London	London School of Hygiene & Tropical Medicine
University of London	Queen Mary University of London
University of London	Royal Academy of Music
University of London	Royal Central School of Speech and Drama
University of London	Royal Holloway University of London
University of London	Royal Veterinary College
University of London	SOAS University of London
University of London	School of Advanced Study
University of London	University College London
University of London	University of London Institute in Paris
)_"
R"_(University of Maine System	University of Maine
University of Maine System	University of Maine School of Law
University of Maine System	University of Maine at Augusta
University of Maine System	University of Maine at Farmington
University of Maine System	University of Maine at Fort Kent
University of Maine System	University of Maine at Machias
University of Maine System	University of Maine at Presque Isle
University of Maine System	University of Southern Maine
)_"
R"_(University of Minnesota System	University of Minnesota
University of Minnesota System	University of Minnesota Crookston
University of Minnesota System	University of Minnesota Morris
University of Minnesota System	University of Minnesota Rochester
University of Minnesota System	University of Minnesota, Duluth
University of Minnesota System	University of Minnesota, Waseca
)_"
R"_(University of Missouri System	Missouri University of Science and Technology
University of Missouri System	University of Missouri
University of Missouri System	University of Missouri–Kansas City
University of Missouri System	University of Missouri–St. Louis
)_"
R"_(University of Nebraska System	Buffett Early Childhood Institute
University of Nebraska System	University of Nebraska Medical Center
University of Nebraska System	University of Nebraska at Kearney
University of Nebraska System	University of Nebraska at Omaha
University of Nebraska System	University of Nebraska–Lincoln
)_"
R"_(University of North Carolina System	Appalachian State University
University of North Carolina System	East Carolina University
University of North Carolina System	Elizabeth City State University
University of North Carolina System	Fayetteville State University
University of North Carolina System	North Carolina Agricultural and Technical State University
University of North Carolina System	North Carolina Central University
University of North Carolina System	North Carolina School of Science and Mathematics
University of North Carolina System	North Carolina State University
University of North Carolina System	University of North Carolina School of the Arts
University of North Carolina System	University of North Carolina Wilmington
University of North Carolina System	University of North Carolina at Asheville
University of North Carolina System	University of North Carolina at Chapel Hill
University of North Carolina System	University of North Carolina at Charlotte
University of North Carolina System	University of North Carolina at Greensboro
University of North Carolina System	University of North Carolina at Pembroke
University of North Carolina System	Western Carolina University
University of North Carolina System	Winston-Salem State University
)_"
R"_(University of North Texas System	University of North Texas
University of North Texas System	University of North Texas Health Science Center
University of North Texas System	University of North Texas at Dallas
)_"
R"_(University of Perpetual Help System DALTA	University of Perpetual Help System DALTA Calamba
)_"
R"_(University of Puerto Rico System	University of Puerto Rico at Aguadilla
University of Puerto Rico System	University of Puerto Rico at Arecibo
University of Puerto Rico System	University of Puerto Rico at Bayamón
University of Puerto Rico System	University of Puerto Rico at Carolina
University of Puerto Rico System	University of Puerto Rico at Cayey
University of Puerto Rico System	University of Puerto Rico at Humacao
University of Puerto Rico System	University of Puerto Rico at Ponce
University of Puerto Rico System	University of Puerto Rico at Río Piedras
University of Puerto Rico System	University of Puerto Rico at Utuado
University of Puerto Rico System	University of Puerto Rico, Medical Sciences Campus
University of Puerto Rico System	University of Puerto Rico-Mayaguez
)_"
R"_(University of Tennessee System	University of Tennessee Health Science Center
University of Tennessee System	University of Tennessee Southern
University of Tennessee System	University of Tennessee at Chattanooga
University of Tennessee System	University of Tennessee at Knoxville
University of Tennessee System	University of Tennessee at Martin
)_"
R"_(University of Wisconsin System	University of Wisconsin–Eau Claire
University of Wisconsin System	University of Wisconsin–Green Bay
University of Wisconsin System	University of Wisconsin–La Crosse
University of Wisconsin System	University of Wisconsin–Madison
University of Wisconsin System	University of Wisconsin–Milwaukee
University of Wisconsin System	University of Wisconsin–Oshkosh
University of Wisconsin System	University of Wisconsin–Parkside
University of Wisconsin System	University of Wisconsin–Platteville
University of Wisconsin System	University of Wisconsin–River Falls
University of Wisconsin System	University of Wisconsin–Stevens Point
University of Wisconsin System	University of Wisconsin–Stout
University of Wisconsin System	University of Wisconsin–Superior
University of Wisconsin System	University of Wisconsin–Whitewater
)_"
R"_(University of the Philippines System	University of the Philippines Baguio
University of the Philippines System	University of the Philippines Cebu
University of the Philippines System	University of the Philippines Diliman
University of the Philippines System	University of the Philippines Los Baños
University of the Philippines System	University of the Philippines Manila
University of the Philippines System	University of the Philippines Mindanao
University of the Philippines System	University of the Philippines Open University
University of the Philippines System	University of the Philippines Tacloban College
University of the Philippines System	University of the Philippines Visayas
)_"sv;
// clang-format on

}  // namespace compute_divide::inline v0_2::detail

#endif
