// Health check of the image: the process answers on its own port.
const port = process.env.STAFF_PORT ?? process.env.PORT;
const path = process.env.PROGRAM === 'sign-in' ? 'health' : 'healthz';
const healthy = await fetch(`http://127.0.0.1:${port}/${path}`).then(
  (response) => response.ok,
  () => false,
);
process.exit(healthy ? 0 : 1);
