// ARCHITECTURE.md's table of rooms as data, and the rules that follow from it. A path is a permission: whatever is not
// listed here, a room may not import.

const anyFile = '^(main|renderer|shared|filters|test|build)/';

/**
 * `uses`: other rooms. `packages`: from npm. `node`: whether Node's own modules may be imported.
 * A room that lies in another one has its own line, and only that line holds; `alone`: it may not import from the
 * room around it.
 */
const rooms = [
  { room: 'shared', uses: [], packages: ['zod'], node: false },
  // What the root helper loads, so of npm code there is only zod; these two know nothing of the rest of shared.
  { room: 'shared/net', uses: [], packages: [], node: false, alone: true },
  { room: 'shared/plan', uses: ['shared/net'], packages: ['zod'], node: false, alone: true },
  { room: 'main/compiler', uses: ['shared'], packages: [], node: false },
  { room: 'main/compiler/xml', uses: ['shared'], packages: ['saxes', 'fast-xml-parser'], node: false },
  { room: 'main/networks', uses: ['shared', 'main/compiler'], packages: [], node: false },
  { room: 'main/machine', uses: ['shared'], packages: [], node: true },
  { room: 'main/helper', uses: ['shared/plan'], packages: ['zod'], node: true },
  {
    room: 'main/engine',
    uses: ['shared', 'main/compiler', 'main/networks', 'main/machine'],
    packages: ['zod'],
    node: true,
  },
  // The terminal is also the way to the doors that are a verb of the command.
  {
    room: 'main/cli',
    uses: ['shared', 'main/engine', 'main/networks', 'main/lab', 'main/serve', 'main/app'],
    packages: ['commander'],
    node: true,
  },
  // The contract's main side, which the window and the browser both offer.
  { room: 'main/app', uses: ['shared', 'main/engine', 'main/networks'], packages: ['zod'], node: true },
  { room: 'main/serve', uses: ['shared', 'main/app'], packages: ['ws', 'zod'], node: true },
  { room: 'main/desktop', uses: ['shared', 'main/app'], packages: ['electron', 'zod'], node: true },
  { room: 'main/lab', uses: ['shared', 'main/engine', 'main/app', 'main/serve'], packages: [], node: true },
  {
    room: 'renderer',
    uses: ['shared'],
    packages: [
      'react',
      'react-dom',
      '@mantine/core',
      '@mantine/hooks',
      '@mantine/notifications',
      '@mantine/spotlight',
      '@tabler/icons-react',
      '@xyflow/react',
      '@dagrejs/dagre',
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/lang-xml',
      '@codemirror/language',
      '@codemirror/lint',
      '@codemirror/merge',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/highlight',
      '@tanstack/react-query',
      '@tanstack/react-table',
      '@tanstack/react-virtual',
      'uplot',
      'zustand',
      '@types/react',
      '@types/react-dom',
    ],
    node: false,
  },
  { room: 'build', uses: [], packages: ['esbuild', 'vite'], node: true },
];

const inFolder = (folder) => `^${folder}/`;
const inPackage = (name) => `^node_modules/${name.replaceAll('.', '\\.')}/`;

function rulesOf({ room, uses, packages, node, alone = false }) {
  const inner = rooms.filter((other) => other.room.startsWith(`${room}/`)).map((other) => inFolder(other.room));
  const outer = rooms.filter((other) => room.startsWith(`${other.room}/`)).map((other) => other.room);
  const from = { path: inFolder(room), ...(inner.length > 0 && { pathNot: inner }) };
  const around = alone ? [] : outer;
  const own = [room, ...around, ...uses].map(inFolder);
  return [
    {
      name: `${room}: rooms`,
      comment: `${room} may import from ${[room, ...around, ...uses].join(', ')}.`,
      severity: 'error',
      from,
      to: { path: anyFile, pathNot: own },
    },
    {
      name: `${room}: packages`,
      comment: `${room} may use these npm packages: ${packages.join(', ') || 'none'}.`,
      severity: 'error',
      from,
      to: { path: '(^|/)node_modules/', ...(packages.length > 0 && { pathNot: packages.map(inPackage) }) },
    },
    ...(node
      ? []
      : [
          {
            name: `${room}: no Node`,
            comment: `${room} is pure: it runs anywhere, and gets from its caller what it must know of the machine.`,
            severity: 'error',
            from,
            to: { dependencyTypes: ['core'] },
          },
        ]),
  ];
}

module.exports = {
  forbidden: [
    ...rooms.flatMap(rulesOf),
    {
      name: 'room in the table',
      comment: 'Every product file lies in a room of the table above.',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/', pathNot: rooms.map(({ room }) => inFolder(room)) },
      to: {},
    },
    {
      name: 'no cycles',
      comment: 'Two files that need each other are one file, or miss a third one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no orphans',
      comment: 'Nobody imports this file, and it imports nobody: it is dead.',
      severity: 'error',
      from: { orphan: true, path: '^(main|renderer|shared|build)/' },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared packages',
      comment: 'package.json does not name this package.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no development packages in the product',
      comment: 'A dependency of the product belongs into dependencies. Electron is none: it is what runs the window.',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: inPackage('electron') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
