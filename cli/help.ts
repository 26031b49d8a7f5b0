export const help = `PJai, from the command line

  npm run -s pjai -- <command>

Commands
  import FILE… --dry-run [--json]                What the files would bring; nothing is written.
  import FILE… --server URL --workspace LINK     Brings them into a workspace of a running server.
         [--into PERSONA-ID]                     … all into one persona.
  seed sample --server URL [--workspace LINK]    A small workspace to look around in.
  seed large  --server URL [--workspace LINK]    A large one, made up but always the same.
         [--personas 1000] [--seed 1]
  export PERSONA-ID --server URL                 One persona with all it said and remembers, as JSON.
         --workspace LINK [--out FILE]
  help, --version

Files to import are ChatGPT exports (conversations.json or the .zip around it), character cards (.png, .json, .charx),
lorebooks, and what “export” wrote. They are only read. The link of a workspace is in its
settings: it holds the secret that opens it, so treat it as one.
`
