import {
  AlertRuleChanges,
  type AlertRuleInput,
  AlertRules,
  Alerts,
  CellHealths,
  HealthSettings,
  HealthSettingsChanges,
  StoreHealths,
  WebhookTried,
} from '#schema/health/wire.ts'
import { call, order } from './call.ts'

export const cellHealths = () => call(CellHealths, 'GET', 'health/cells')
export const storeHealths = () => call(StoreHealths, 'GET', 'health/stores')

export const healthSettings = () => call(HealthSettings, 'GET', 'health/settings')
export const healthSettingsChanges = () => call(HealthSettingsChanges, 'GET', 'health/settings/changes')
export const changeHealthSettings = (settings: HealthSettings) => order('PUT', 'health/settings', settings)

export const alerts = () => call(Alerts, 'GET', 'alerts')
export const alertRules = () => call(AlertRules, 'GET', 'alerts/rules')
export const alertRuleChanges = () => call(AlertRuleChanges, 'GET', 'alerts/rules/changes')
export const keepAlertRule = (ruleId: string, rule: AlertRuleInput) => order('PUT', `alerts/rules/${ruleId}`, rule)
export const removeAlertRule = (ruleId: string) => order('DELETE', `alerts/rules/${ruleId}`)
export const tryWebhook = (ruleId: string) => call(WebhookTried, 'POST', `alerts/rules/${ruleId}/test`)
