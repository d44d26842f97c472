# bash completion for guestward: verbs, options, and the names of filters and devices.

# compgen -W expands its words as the shell does, so a name must not get there that holds more than letters and the like.
_guestward_plain() { grep -xE '[A-Za-z0-9_.-]+'; }

_guestward_names() {
  # A completion must not ask for a password.
  if [[ $EUID -eq 0 ]]; then guestward -q "$1" 2>/dev/null | awk -v column="$2" '{ print $column }' | _guestward_plain; fi
}

_guestward_networks() {
  if [[ $EUID -eq 0 ]]; then guestward -q net-list --all --name 2>/dev/null | _guestward_plain; fi
}

_guestward_devices() {
  local device
  for device in /sys/class/net/*; do printf '%s\n' "${device##*/}"; done | _guestward_plain
}

_guestward() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' at
  local verbs='attach adopt detach status log watch trace restore undo confirm serve nwfilter-define nwfilter-dumpxml nwfilter-edit nwfilter-list
    nwfilter-undefine nwfilter-binding-create nwfilter-binding-delete nwfilter-binding-dumpxml nwfilter-binding-list
    net-new net-forward net-open net-reach net-renumber doctor port import export net-autostart net-create net-define
    net-destroy net-dhcp-leases net-dumpxml net-edit net-info net-list net-name net-start net-undefine net-update
    net-uuid lab help'
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [[ ${COMP_WORDS[at]} != -* ]]; then
      verb=${COMP_WORDS[at]}
      break
    fi
  done
  if [[ -z $verb || $verb == help ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$verbs --help --quiet --version" -- "$word")
    return
  fi

  case $previous in
    --filter | --nwfilter)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_names nwfilter-list 2)" -- "$word")
      return
      ;;
    --network)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_networks)" -- "$word")
      return
      ;;
    --internet | --lan | --guests | --host)
      if [[ $verb == net-reach ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'yes no' -- "$word")
        return
      fi
      ;;
    --user)
      mapfile -t COMPREPLY < <(compgen -u -- "$word")
      return
      ;;
    --all)
      if [[ $verb == export ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
      fi
      ;;
    --dev | --uplink)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_devices)" -- "$word")
      return
      ;;
    --from | --file)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    --direction)
      mapfile -t COMPREPLY < <(compgen -W 'out in' -- "$word")
      return
      ;;
    --state)
      mapfile -t COMPREPLY < <(compgen -W 'NEW ESTABLISHED RELATED INVALID UNTRACKED' -- "$word")
      return
      ;;
    --arp)
      mapfile -t COMPREPLY < <(compgen -W 'request reply' -- "$word")
      return
      ;;
    --shell)
      mapfile -t COMPREPLY < <(compgen -W 'g1 g2 lan' -- "$word")
      return
      ;;
  esac

  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(guestward "$verb" --help 2>/dev/null | grep -oE '^ +\[?(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+')" -- "$word")
    return
  fi
  case $verb in
    attach | trace | log)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_devices)" -- "$word")
      ;;
    detach | nwfilter-binding-delete | nwfilter-binding-dumpxml)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_names nwfilter-binding-list 1)" -- "$word")
      ;;
    nwfilter-undefine | nwfilter-dumpxml | nwfilter-edit)
      mapfile -t COMPREPLY < <(compgen -W "$(_guestward_names nwfilter-list 2)" -- "$word")
      ;;
    net-update)
      case $((COMP_CWORD - at)) in
        1) mapfile -t COMPREPLY < <(compgen -W "$(_guestward_networks)" -- "$word") ;;
        2) mapfile -t COMPREPLY < <(compgen -W 'add add-first add-last delete modify' -- "$word") ;;
        3)
          mapfile -t COMPREPLY < <(compgen -W 'bridge domain ip ip-dhcp-host ip-dhcp-range forward forward-interface
            forward-pf portgroup dns-host dns-txt dns-srv' -- "$word")
          ;;
        4) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
      esac
      ;;
    net-start | net-destroy | net-undefine | net-autostart | net-info | net-dumpxml | net-edit | net-dhcp-leases | \
      net-uuid | adopt | net-forward | net-open | net-reach | net-renumber | doctor | export)
      if ((COMP_CWORD - at == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$(_guestward_networks)" -- "$word")
      fi
      ;;
    port)
      if ((COMP_CWORD - at == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'new list move delete' -- "$word")
      elif [[ ${COMP_WORDS[at + 1]} == delete ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_guestward_devices)" -- "$word")
      else
        mapfile -t COMPREPLY < <(compgen -W "$(_guestward_networks)" -- "$word")
      fi
      ;;
    import)
      mapfile -t COMPREPLY < <(compgen -W 'libvirt' -- "$word")
      ;;
    net-define | net-create | nwfilter-define | nwfilter-binding-create)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      ;;
  esac
}

complete -o filenames -F _guestward guestward
