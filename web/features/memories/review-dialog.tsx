import { Modal, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ReviewTiers } from './review-tiers.tsx'
import { SimilarMemories } from './similar-memories.tsx'

interface ReviewDialogProps {
  /** `similar`, or anything else for the tiers: as in the address. */
  readonly shown: string
  readonly onShow: (shown: string) => void
  readonly onOpen: (memoryId: string) => void
  readonly onClose: () => void
}

/** What would become of the memories, before it does. */
export const ReviewDialog = ({ shown, onShow, onOpen, onClose }: ReviewDialogProps) => {
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <Modal
      opened
      onClose={onClose}
      title="Review the memories"
      closeButtonProps={{ 'aria-label': 'Close' }}
      size={880}
      fullScreen={isPhone}
    >
      <Tabs
        value={shown === 'similar' ? 'similar' : 'tiers'}
        onChange={(value) => onShow(value ?? 'tiers')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="tiers">Tiers</Tabs.Tab>
          <Tabs.Tab value="similar">Duplicates and contradictions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tiers">
          <ReviewTiers onDone={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="similar">
          <SimilarMemories onOpen={onOpen} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  )
}
