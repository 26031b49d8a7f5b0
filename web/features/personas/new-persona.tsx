import { useState } from 'react'
import type { PersonaDraft } from '#schema/personas/commands.ts'
import { blankDraft, type PersonaTemplate, personaTemplates } from '#schema/personas/templates.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import classes from './new-persona.module.css'
import { PersonaForm } from './persona-form.tsx'
import { usePersonaActs } from './use-persona-acts.ts'

/** A new persona, from a template or from nothing. */
export const NewPersona = ({ onCancel }: { readonly onCancel: () => void }) => {
  const acts = usePersonaActs()
  const [template, setTemplate] = useState<PersonaTemplate>()
  return (
    <>
      <fieldset className={classes.templates}>
        <legend>Start from</legend>
        {personaTemplates.map((each) => (
          <button
            key={each.name}
            type="button"
            className={classes.template}
            aria-pressed={each === template}
            onClick={() => setTemplate(each === template ? undefined : each)}
          >
            <HueAvatar name={each.name} hue={each.hue} size={24} />
            <span>
              <span className={classes.name}>{each.name}</span>
              <span className={classes.purpose}>{each.purpose}</span>
            </span>
          </button>
        ))}
      </fieldset>
      <PersonaForm
        // Another beginning is another draft.
        key={template?.name ?? ''}
        initial={template === undefined ? blankDraft : draftOf(template)}
        submitLabel="Create persona"
        isNew
        onSubmit={acts.create}
        onCancel={onCancel}
      />
    </>
  )
}

const draftOf = ({ purpose: _purpose, ...draft }: PersonaTemplate): PersonaDraft => draft
