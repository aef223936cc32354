# What bin/manus-webhook-routes and bin/train share. POSIX sh; read with `.` after home is set.

jar=manus-webhook-routes.jar
main=org.manusroutes.Main
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

say() {
  echo "manus-webhook-routes: $*" >&2
}

fail() {
  say "$@"
  exit 1
}

# Exports what a file for systemd's EnvironmentFile= sets: NAME=value lines, the value in quotes or not, comments after # or ;
# at the beginning. What systemd and this might read differently (backslashes, values of several lines) is refused.
read_environment() {
  [ -r "$1" ] || fail "cannot read $1: run this as root, or as the user of the service"
  number=0
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    case $line in
      '' | '#'* | ';'*) continue ;;
      *\\*) fail "$1:$number: a backslash, which this script does not read: leave it out" ;;
      [A-Za-z_]*=*) ;;
      *) fail "$1:$number: not NAME=value" ;;
    esac
    name=${line%%=*}
    value=${line#*=}
    case $name in
      *[!A-Za-z0-9_]*) fail "$1:$number: not NAME=value" ;;
    esac
    case $value in
      \"*\"*\"* | \'*\'*\'*) fail "$1:$number: more than one pair of quotes" ;;
      \"*\" | \'*\') value=${value#?} value=${value%?} ;;
      \"* | \'*) fail "$1:$number: a quote that does not end on its line" ;;
      [[:space:]]*) fail "$1:$number: a blank after the =" ;;
    esac
    export "$name=$value"
  done <"$1"
}

# Names the contents of the jar: its length, and a checksum of its end, where a zip lists the checksums of all it holds.
jar_id() {
  echo "$(($(wc -c <"$jar")))-$(tail -c 262144 "$jar" | cksum | cut -d ' ' -f 1)"
}

# Names what a cache depends on besides the jar: the JVM, down to the build. Not the jars in lib/: they come last on the class
# path, and a cache holds for each path that begins with its own.
# The file `release` of a JDK tells its build at once; `java -version` takes a start of the JVM.
cache_id() {
  real=$(readlink -f "$(command -v "$java")") && release=${real%/bin/java}/release && [ -r "$release" ] ||
    release=
  if [ -n "$release" ]; then cat "$release"; else "$java" -version 2>&1; fi | cksum | cut -d ' ' -f 1
}

# The class path, relative to home so that the folder can be moved: the application, then what an operator put into lib/.
class_path() {
  path=$1/$jar
  for extra in lib/*.jar; do
    [ ! -e "$extra" ] || path=$path:$extra
  done
  echo "$path"
}
