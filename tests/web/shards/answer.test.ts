import { afterEach, expect, test, vi } from 'vitest'
import { CellsSaid } from '#schema/placement/wire.ts'
import { answerOf } from '#web/services/cells/answer.ts'
import { ServerAway, ServerRefused } from '#web/services/server.ts'
import { cellsSaid } from './fixtures.ts'

afterEach(() => vi.unstubAllGlobals())

const said = (answer: unknown) => answerOf(CellsSaid, answer)

test('[RM8] a server that does not know the calls, or answers them otherwise, is of an older version', () => {
  const older = { _tag: 'ServerOlder', message: expect.stringContaining('Your stores are where they were') }
  expect(said(new ServerRefused({ code: 'NotFound', message: 'There is nothing at this address.' }))).toMatchObject(
    older,
  )
  expect(said({ strategy: 'hash', cells: [{ cellId: 'c1', stores: 2, takesStores: true }] })).toMatchObject(older)
  expect(said(cellsSaid())).toEqual(cellsSaid())
})

test('[RM8] a refusal is said as it is, and who is offline is told so', () => {
  const refused = new ServerRefused({ code: 'MayNotOperate', message: 'Only whoever operates this server may.' })
  expect(said(refused)).toBe(refused)
  expect(said(new ServerAway())).toMatchObject({ message: expect.stringContaining('does not answer') })
  vi.stubGlobal('navigator', { onLine: false })
  expect(said(new ServerAway())).toMatchObject({ message: expect.stringContaining('You are offline') })
})
