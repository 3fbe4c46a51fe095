import { Alert, Box, Flex, Text } from '@backstage/ui';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { ReactNode } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { stringify } from 'yaml';
import { problemOf } from '../../kit/format';
import { useAccess } from '../../kit/hooks';
import { useText, CodeBlock, CopyButton } from '../../kit';

/** The user of Backstage's guest provider, unless its configuration names a user of the catalog. */
const STOCK_GUEST = 'user:development/guest';

/**
 * The pages, with a hint at the top if the configuration of a newly installed portal is incomplete. A guest who
 * is not in the catalog can use no page, so the hint replaces the pages.
 */
export function SetupHints({ children }: { children: ReactNode }) {
  const { error, value: access } = useAccess();
  const identity = useApi(identityApiRef);
  const { value: me } = useAsync(
    () => identity.getBackstageIdentity(),
    [identity],
  );
  if (
    !access &&
    error &&
    problemOf(error).kind === 'forbidden' &&
    me?.userEntityRef === STOCK_GUEST
  ) {
    return <UnknownGuest />;
  }
  return (
    <>
      {access?.noAdmins && <NoAdmins groups={access.groups} />}
      {children}
    </>
  );
}

function UnknownGuest() {
  const t = useText();
  return (
    <Hint
      title={t('setup.guest.title')}
      description={t('setup.guest.description', { user: STOCK_GUEST })}
    >
      <ConfigAddition
        settings={{
          auth: {
            providers: { guest: { userEntityRef: 'user:default/guest' } },
          },
        }}
      />
      <Text color="secondary">{t('setup.guest.next')}</Text>
    </Hint>
  );
}

function NoAdmins({ groups }: { groups: string[] }) {
  const t = useText();
  if (groups.length === 0) {
    return (
      <Hint
        title={t('setup.noAdmins.title')}
        description={t('setup.noAdmins.noGroups')}
      />
    );
  }
  return (
    <Hint
      title={t('setup.noAdmins.title')}
      description={t('setup.noAdmins.description')}
    >
      <ConfigAddition
        settings={{ berth: { admins: groups } }}
        comment={groups.length > 1 ? t('setup.noAdmins.keep') : undefined}
      />
    </Hint>
  );
}

function Hint(props: {
  title: string;
  description: string;
  children?: ReactNode;
}) {
  const { title, description, children } = props;
  return (
    <Box mt="3" mb="3" mx="5">
      <Flex direction="column" gap="2">
        <Alert
          role="status"
          status="info"
          icon
          title={title}
          description={description}
        />
        {children}
      </Flex>
    </Box>
  );
}

/** Shows settings to copy into `app-config.yaml`. */
export function ConfigAddition(props: { settings: object; comment?: string }) {
  const t = useText();
  const { comment, settings } = props;
  const text = `${comment ? `# ${comment}\n` : ''}${stringify(settings)}`;
  return (
    <Flex direction="column" gap="2" align="start">
      <CodeBlock text={text} label={t('setup.file')} />
      <CopyButton text={text} />
    </Flex>
  );
}
