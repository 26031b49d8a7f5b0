import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { answerCalls } from '#web/services/worker-calls.ts'
import { explorerAnswers } from './explorer-answers.ts'

// Holds a copy of one database, to be read. It writes nothing and knows no network.

answerCalls(explorerAnswers(loadSqlite3Wasm))
