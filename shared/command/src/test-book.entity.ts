import { EntitySchema } from 'typeorm';

/** For tests: something with a version, kept about a client. */
export interface Book {
  id: string;
  clientId: string;
  title: string;
  version: number;
}

export const BookEntity = new EntitySchema<Book>({
  name: 'Book',
  tableName: 'book',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    title: { type: 'text' },
    version: { type: 'integer' },
  },
});
