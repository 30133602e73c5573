# Sourced by tests that need something from a registry of packages.  What is fetched stays below the build tree, and is fetched
# once.  Without the registry, or the tool that asks it, the test says SKIP.

# cannot_be_had WHAT FROM LOG
cannot_be_had() {
    [ ! -e "$3" ] || tail -n 5 "$3"
    echo "SKIP: $1 cannot be had from $2 here"
    exit 77
}

# venv_make NAME: requirements-NAME.txt in an environment of Python's own, $TOP_BUILDDIR/tests/venv-NAME.  PyPI is always there
# in CI, where these must run.
venv_make() {
    venv=$TOP_BUILDDIR/tests/venv-$1
    wanted=$TOP_SRCDIR/tests/interop/requirements-$1.txt
    mkdir -p "$TOP_BUILDDIR/tests"
    exec 8>"$venv.lock"
    flock 8 # two tests may want it at once
    if ! cmp -s "$wanted" "$venv/installed"; then
        rm -rf "$venv"
        if ! { python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check -r "$wanted"; } >"$venv.log" 2>&1; then
            if [ "${CI:-}" = true ]; then cat "$venv.log"; echo "FAILED: $1 cannot be installed, and in CI it must be"; exit 1; fi
            cannot_be_had "$1" PyPI "$venv.log"
        fi
        cp "$wanted" "$venv/installed"
    fi
    exec 8>&-
}

# maven_get GROUP:NAME:VERSION: its jar and those that it needs, all of which $classpath names then.
maven_get() {
    maven=$TOP_BUILDDIR/tests/maven
    group=$(echo "${1%%:*}" | tr . /)
    mkdir -p "$maven"
    for tool in mvn javac; do command -v $tool >/dev/null || cannot_be_had "$1" "Maven, for there is no $tool" /dev/null; done
    if [ ! -e "$maven/$1.done" ]; then
        timeout 300 mvn -B -q -Dmaven.repo.local="$maven" org.apache.maven.plugins:maven-dependency-plugin:2.8:get \
            -Dartifact="$1" >"$maven.log" 2>&1 || cannot_be_had "$1" Maven "$maven.log"
        touch "$maven/$1.done"
    fi
    classpath=$(find "$maven/$group" -name '*.jar' | tr '\n' ':')
}

# go_make DIRECTORY: the program of tests/interop/DIRECTORY, with the versions that its go.sum names, as $program.
go_make() {
    go=$TOP_BUILDDIR/tests/go
    program=$go/$1/$1
    mkdir -p "$go/$1"
    command -v go >/dev/null || cannot_be_had "$1" "the Go proxy, for there is no go" /dev/null
    if ! cmp -s "$TOP_SRCDIR/tests/interop/$1/go.sum" "$go/$1/go.sum" || ! cmp -s "$TOP_SRCDIR/tests/interop/$1/main.go" "$go/$1/main.go"; then
        for file in go.mod go.sum main.go; do cat "$TOP_SRCDIR/tests/interop/$1/$file" >"$go/$1/$file.new"; done
        mv "$go/$1/go.mod.new" "$go/$1/go.mod"
        (cd "$go/$1" && mv go.sum.new go.sum && mv main.go.new main.go && rm -f "$program" &&
            GOPATH=$go/path GOCACHE=$go/cache GOFLAGS='-modcacherw -mod=readonly' GOTOOLCHAIN=local timeout 300 go build -o "$program" .) \
            >"$go.log" 2>&1
    fi
    [ -x "$program" ] || { rm -f "$go/$1/main.go"; cannot_be_had "$1" "the Go proxy" "$go.log"; }
}
