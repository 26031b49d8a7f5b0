import { openReplays } from '#tests/bench/replaying.ts'
import { longLog } from '#tests/support/long-log.ts'

const ready = openReplays().then((replays) => {
  const log = longLog(20_000)
  return { replays, log, rows: replays.rowsOf(log) }
})

self.addEventListener('message', async ({ data }: MessageEvent<'replayed' | 'inserted'>) => {
  const { replays, log, rows } = await ready
  const startedAt = performance.now()
  const db = data === 'replayed' ? replays.replayed(log) : replays.inserted(rows)
  postMessage((performance.now() - startedAt) / 1000)
  db.close()
})
