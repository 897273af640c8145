# Runs a program and compares its standard output with a committed file, NAME.out. Its standard input is NAME.in, its
# arguments are those of NAME.args, where there are such files, else --WORD, or none:
# cmake -D PROGRAM=... -D WORD=... -D EXPECTED=... -P same_output.cmake
string(REGEX REPLACE "\\.out$" ".args" arguments ${EXPECTED})
if(EXISTS ${arguments})
  file(READ ${arguments} arguments)
  separate_arguments(ARGUMENTS UNIX_COMMAND "${arguments}")
elseif(WORD)
  set(ARGUMENTS --${WORD})
endif()
string(REGEX REPLACE "\\.out$" ".in" input ${EXPECTED})
if(NOT EXISTS ${input})
  set(input /dev/null)
endif()
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS}
  WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/..
  INPUT_FILE ${input} OUTPUT_VARIABLE output ERROR_VARIABLE error RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${result}\n${error}")
endif()
# Compared to 10 digits.
string(MD5 digest ${EXPECTED})
set(actual ${CMAKE_CURRENT_BINARY_DIR}/${digest}.out)
file(WRITE ${actual} "${output}")
set(rounded awk -f ${CMAKE_CURRENT_LIST_DIR}/rounded.awk)
execute_process(COMMAND ${rounded} ${EXPECTED} OUTPUT_FILE ${actual}.expected COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${rounded} ${actual} OUTPUT_FILE ${actual}.rounded COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND diff -u ${actual}.expected ${actual}.rounded
  OUTPUT_VARIABLE difference RESULT_VARIABLE differs)
if(differs)
  message(FATAL_ERROR "the output is not the committed one:\n${difference}")
endif()
file(REMOVE ${actual} ${actual}.expected ${actual}.rounded)
