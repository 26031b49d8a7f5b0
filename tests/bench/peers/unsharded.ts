import { openSqlite } from './open-sqlite.ts'
import { servePeer } from './serve-peer.ts'

servePeer(() => openSqlite(10))
