export const help = `PJai, from the command line

  npm run -s pjai -- <command>

Commands
  import FILE… --dry-run [--json]                What the files would bring; nothing is written.
  import FILE… --server URL --workspace LINK     Brings them into a workspace of a running server.
         [--into PERSONA-ID]                     … all into one persona.
  import FILE… --out X.persona --key FILE        Makes a bundle of them, signed by your own key. The key is made
         [--into PERSONA-ID]                     when there is no such file. Asks for a passphrase.
         [--passphrase-file F | --recipient age1…]
  seed sample --server URL [--workspace LINK]    A small workspace to look around in.
  seed large  --server URL [--workspace LINK]    A large one, made up but always the same.
         [--personas 1000] [--seed 1]
  export PERSONA-ID --server URL                 One persona with all it said and remembers, as JSON.
         --workspace LINK [--out FILE]
  bundle PERSONA-ID --server URL                 One persona with its whole history, sealed, in one file:
         --workspace LINK --out X.persona        for safekeeping, or for an auditor.
         [--passphrase-file F | --recipient age1…]
  help, --version

Bundles, without a server and without an account
  verify X.persona [--json]                      Whether all is as it was accepted (intact), and nothing is
         [--server-key KEY] [--device-key KEY]   missing (complete). Ends with 0 if both, 1 if not, 2 if the
                                                 file cannot be read. Asks for no passphrase.
  log    X.persona [--filter TEXT]… [--json]     Who did what, when, from which device.
  replay X.persona --out STATE.sqlite            What the persona was after its last event, or after event N,
         [--to N|TIME] [--json]                  or at a time such as 2026-03-01T10:00:00Z; with its hashes.
  diff   X.persona N M [--json]                  What changed from the state after event N to that after M.
  show   X.persona memory|message|conversation   One thing as it was after event N, or after the last one.
         ID [--at N]
  recall X.persona --query TEXT [--k 10]         What the persona remembers about a question, best first, and
         [--json]                                why. --queries FILE: a JSON array of texts, all answered from
                                                 one start.

Files to import are ChatGPT exports (conversations.json or the .zip around it), character cards (.png, .json, .charx),
lorebooks, and what “export” wrote. They are only read. The link of a workspace is in its
settings: it holds the secret that opens it, so treat it as one.

What a bundle says is sealed with a passphrase, or for the recipients of age. All but “verify” ask for the
passphrase; without a terminal they read it from --passphrase-file FILE or from PJAI_PASSPHRASE, and a
recipient’s key from --identity-file FILE. Keys for “verify” come from the owner: without them it believes
those that the bundle names.
`
