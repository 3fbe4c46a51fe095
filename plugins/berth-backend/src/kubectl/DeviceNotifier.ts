import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { DeviceRecord } from './types';

export interface DeviceNotifierOptions {
  logger: LoggerService;
  notifications: NotificationService;
}

/** Notifies a person about each computer that signs in as them. */
export class DeviceNotifier {
  readonly #options: DeviceNotifierOptions;

  constructor(options: DeviceNotifierOptions) {
    this.#options = options;
  }

  connected({ id, name, userRef }: DeviceRecord, address?: string): void {
    const { logger, notifications } = this.#options;
    const from = address === undefined ? '' : ` from ${address}`;
    notifications
      .send({
        recipients: { type: 'entity', entityRef: userRef },
        payload: {
          title: `kubectl on ${name} was connected${from}`,
          description: 'Not you? End its access',
          severity: 'normal',
          link: '/berth/kubectl',
          topic: 'berth-kubectl',
          scope: `berth-kubectl:${id}`,
        },
      })
      .catch(error =>
        logger.debug(
          'The notification of a connected computer could not be sent',
          error,
        ),
      );
  }
}
