export const help = `PJai, from the command line

  npm run -s pjai -- <command>

Commands
  import FILE… --dry-run [--json]                What the files would bring; nothing is written.
  import FILE… --server URL --workspace ID       Brings them into a workspace of a running server.
         [--into PERSONA-ID]                     … all into one persona.
  seed sample --server URL [--workspace ID]      A small workspace to look around in.
  seed large  --server URL [--workspace ID]      A large one, made up but always the same.
         [--personas 1000] [--seed 1]
  export PERSONA-ID --server URL [--out FILE]    One persona with all it said and remembers, as JSON.
  help, --version

Files to import are ChatGPT exports (conversations.json or the .zip around it), character cards (.png, .json, .charx),
lorebooks, and what “export” wrote. They are only read. A workspace's id is at the end of its link.
`
