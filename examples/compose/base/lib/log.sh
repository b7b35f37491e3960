log() {
  echo "$(date -u +%FT%TZ) $*"
}
