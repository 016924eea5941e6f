import type { DataSource } from 'typeorm';
import { followUpJobs } from '../../../../../services/treatment/src/aftercare/follow-up/keep-up.ts';
import type { Remember } from '../aftercare/discharges.ts';

/** The wrong way: the process that wrote a discharge down remembers when its time is over, and takes it with it. */
export function rememberTimers(dataSource: DataSource, desk: Parameters<typeof followUpJobs>[0]): Remember {
  const [followUp] = Object.values(followUpJobs(desk));
  return (clientId, dueAt) => {
    const look = (): void => void followUp?.({ clientId }, { dataSource }).catch(() => undefined);
    setTimeout(look, dueAt.getTime() - Date.now());
  };
}
