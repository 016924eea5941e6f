export interface BrokerSettings {
  logDir: string;
  ports: { client: number; controller: number; advertised: number };
  fastFailover: boolean;
  /** A second listener with TLS and accounts; for tests. */
  secure?: SecureListener;
}

export interface SecureListener {
  port: number;
  /** File with key and certificate, PEM. */
  keystore: string;
  accounts: Readonly<Record<string, string>>;
}

/** One broker that is its own controller; replication factors are 1 because there is nothing to replicate to. */
export function brokerProperties({ logDir, ports, fastFailover, secure }: BrokerSettings): string {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.advertised}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': logDir,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    ...(fastFailover && { 'broker.session.timeout.ms': 1000, 'broker.heartbeat.interval.ms': 200 }),
    ...(secure && secured(secure, ports)),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function secured({ port, keystore, accounts }: SecureListener, ports: BrokerSettings['ports']) {
  const users = Object.entries(accounts).map(([name, password]) => ` user_${name}="${password}"`);
  return {
    listeners: `PLAINTEXT://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller},SASL_SSL://127.0.0.1:${port}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.advertised},SASL_SSL://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required${users.join('')};`,
  };
}
