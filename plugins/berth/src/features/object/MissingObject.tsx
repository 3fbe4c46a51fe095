import { Button, ButtonLink, Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RiQuestionLine } from '@remixicon/react';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Notice, useText } from '../../kit';
import { AccessExplanationPanel } from '../../kit/explain/AccessExplanationPanel';
import { Polled, usePolled } from '../../kit/query';
import { useBreadcrumbs } from './ObjectHeader';

/** Shown when there is no object at an address. If access may be the reason, explains it. */
export function MissingObject(props: {
  address: ObjectAddress;
  polled: Polled<unknown>;
}) {
  const { address, polled } = props;
  const { cluster, namespace, name, plural } = address;
  const t = useText();
  const api = useApi(berthApiRef);
  const places = useBreadcrumbs(address);
  const { label, href } = places[places.length - 1];
  const { value: access } = usePolled({
    key: ['explain', cluster, namespace],
    load: () =>
      api.explainAccess({
        cluster,
        ...(namespace !== undefined && { namespace }),
      }),
  });
  return (
    <>
      <Notice
        role="status"
        icon={RiQuestionLine}
        title={t('object.missing.title', { name })}
        actions={
          <Flex gap="2">
            <ButtonLink variant="secondary" href={href}>
              {t('object.gone.back', { place: label })}
            </ButtonLink>
            <Button
              variant="secondary"
              onPress={polled.refresh}
              isPending={polled.refreshing}
            >
              {t('common.retry')}
            </Button>
          </Flex>
        }
      >
        <Text color="secondary">
          {namespace === undefined
            ? t('object.missing.onCluster', { cluster, kind: plural })
            : t('object.missing.inNamespace', {
                cluster,
                kind: plural,
                namespace,
              })}
        </Text>
      </Notice>
      {access && !access.allowed && (
        <AccessExplanationPanel cluster={cluster} namespace={namespace} />
      )}
    </>
  );
}
