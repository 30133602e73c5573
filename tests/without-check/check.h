/* Stands in for Check's header where configure did not find it, and says so. */
#error make check needs the library Check (Debian and Ubuntu: apt-get install check); run configure again then
