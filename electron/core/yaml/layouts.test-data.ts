/** Layouts of a CLIProxyAPI configuration, by what is particular about them. All are legal YAML. */

export const EMPTY_SECTIONS: Readonly<Record<string, string>> = {
  'no section': 'port: 1\n',
  'null by nothing': 'port: 1\nclaude-api-key:\nhost: ""\n',
  'null by nothing, last': 'port: 1\nclaude-api-key:\n',
  'null by nothing, spaces after it': 'claude-api-key:   \nport: 1\n',
  'null by nothing, comment after it': 'claude-api-key: # none yet\nport: 1\n',
  'null by nothing, comments below':
    'claude-api-key:\n  # - api-key: example\n\n  #   prefix: p\n\n# port\nport: 1\n',
  tilde: 'claude-api-key: ~ # c\nport: 1\n',
  null: 'claude-api-key: null\nport: 1\n',
  'null on the next line': 'claude-api-key:\n  null\nport: 1\n',
  'null on the next line, comment between': 'claude-api-key: # c\n  null # d\nport: 1\n',
  '[]': 'claude-api-key: []\nport: 1\n',
  '[] and comment': 'claude-api-key: []   # none\nport: 1\n',
  '[ ]': 'claude-api-key: [ ]\nport: 1\n',
  '[ and ] on two lines': 'claude-api-key: [\n]\nport: 1\n',
  '[ and ] on two lines, indented': 'claude-api-key: [\n  ]\nport: 1\n',
  '[] on the next line': 'claude-api-key:\n  []\nport: 1\n',
  '[] on the next line, comment between': 'claude-api-key: # c\n  [ ]\nport: 1\n',
  '[] with a comment inside': 'claude-api-key: [ # none\n  # at all\n  ]\nport: 1\n',
  'quoted key': '"claude-api-key": []\nport: 1\n',
  'single-quoted key': "port: 1\n'claude-api-key':\n",
  'space before the colon': 'port: 1\nclaude-api-key : []\n',
  'empty file': '',
  'byte order mark only': '\uFEFF',
  'one line break': '\n',
  'spaces only': '  ',
  'comments only': '# nothing\n\n  # here',
  'byte order mark': '\uFEFFport: 1\n',
  'byte order mark, section first': '\uFEFFclaude-api-key: []\nport: 1\n',
  CRLF: 'port: 1\r\nclaude-api-key: []\r\nhost: ""\r\n',
  'CRLF, no section': '# c\r\nport: 1\r\n',
  'CRLF, no final line break': 'port: 1\r\nhost: ""',
  'no final line break': 'port: 1',
  'no final line break, comment last': 'port: 1\n# c',
  'no final line break, spaces last': 'port: 1\n  ',
  'no final line break, null': 'port: 1\nclaude-api-key:',
  'no final line break, []': 'port: 1\nclaude-api-key: []',
  '--- before it': '--- # start\nport: 1\n',
  'only ---': '---',
  '... after it': 'port: 1\n# c\n...\n# after\n',
  '... after it, no final line break': 'port: 1\n...',
  '--- and ... around nothing': '---\n...\n',
  directive: '%YAML 1.2\n---\nport: 1\n',
  'a block scalar last': 'port: 1\nnote: |\n  text\n\n\n',
  'a kept block scalar last': 'port: 1\nnote: |+\n  text\n\n\n',
  'an open block scalar last': 'port: 1\nnote: |\n  text',
  'comments and blank lines last': 'port: 1\n\n# a\n  # b\n\n\n',
  'an indented root': '  port: 1\n  host: ""\n# c\n',
  'an indented root with null': '# c\n   port: 1\n   claude-api-key:\n   host: ""\n',
  'flow root': '{port: 1}\n',
  'flow root, nothing in it': '{}\n',
  'flow root, spaces in it': '{ }',
  'flow root, trailing comma': '{port: 1,}\n',
  'flow root, trailing comma and space': '{ port: 1, }\n',
  'flow root on many lines': '{\n  "port": 1,\n  "host": "" # h\n}\n',
  'flow root on many lines, trailing comma': '{\n  "port": 1,\n  "host": "", # h\n  # more\n}\n',
  'flow root with []': '{claude-api-key: [], port: 1}\n',
  'flow root with [ ]': '{"claude-api-key":[ ],"port":1}',
  'flow root with null': '{claude-api-key: null, port: 1}\n',
  'flow root with nothing': '{claude-api-key: , port: 1}\n',
  'flow root with nothing, last': '{port: 1, claude-api-key:}\n',
  'flow root with comment and null': '{ # c\n  "claude-api-key": # d\n    null, # e\n  "port": 1 }\n',
  'words in a nested mapping': 'other:\n  claude-api-key:\n    - api-key: x\nport: 1\n',
  'words in a block scalar': 'note: |\n  claude-api-key:\n    - api-key: x\nport: 1\n',
  'words in a comment': '# claude-api-key:\n#   - api-key: x\nport: 1\n',
  'words in a flow collection':
    'other: {\n  claude-api-key: [\n  ],\n  a: "\n  claude-api-key: []"\n  }\nport: 1\n',
  'words in a plain scalar of many lines': 'note: some\n  claude-api-key\n  words\nport: 1\n',
  'anchors elsewhere': 'a: &a {x: 1}\nb: *a\n',
};

const BLOCK_0 = `claude-api-key:
- api-key: sk-test-a
  base-url: https://a.example.com
  models:
  - name: ma
    alias: ''
- api-key: 'sk-test-b' # b
  prefix: b-
  models: []
# not the list's
port: 1
`;
const BLOCK_2 = `port: 1
claude-api-key: # the list
  # first
  - api-key: sk-test-a   # a
    # inside
    base-url: https://a.example.com
    models:
      - name: ma # m
        alias: ''
        thinking: {levels: [high]}
      # end of models
    headers:
      X-A: "1"
    # after a

  - prefix: ~
    api-key: "sk-test-b"
    priority: 5
    models: ~
  # after b

# about host
host: ""
`;
const BLOCK_8 = `claude-api-key:
        -   api-key: sk-test-a
            models: [{name: ma, alias: ""}]
        -
            # below the dash
            api-key: >-
              sk-test-b
            prefix: |
              b-
            models: [ ]
`;
const INLINE = `claude-api-key:
    - {api-key: sk-test-a, models: [{name: ma}]}
    - { "api-key": "sk-test-b", "prefix": "", "models": [ {"name": "mb"}, {"name": "mc", "alias": "x"}, ], "priority": 1 }
port: 1
`;
const SCALARS = `claude-api-key:
  - api-key: sk-test-a
    note: |+
      kept

  - api-key: "sk-test\\
      -b"
    base-url: 'https:
      //x'
    prefix:
    models:
      - {name: mb, alias: }
      -
        alias: only
      - name: >
          folded
        alias: x
`;

/** Sections with two entries, whose keys are sk-test-a and sk-test-b. */
export const FILLED_SECTIONS: Readonly<Record<string, string>> = {
  'block without indentation': BLOCK_0,
  'block indented by 1': BLOCK_2.replace(/^ /gm, ''),
  'block indented by 2, comments everywhere': BLOCK_2,
  'block indented by 8, content further to the right': BLOCK_8,
  'block of flow mappings': INLINE,
  'scalars of many styles': SCALARS,
  'block, CRLF': BLOCK_2.replaceAll('\n', '\r\n'),
  'block, no final line break': BLOCK_8.replace(/\n$/, ''),
  'block scalars, CRLF, no final line break': SCALARS.replaceAll('\n', '\r\n').replace(/\r\n$/, ''),
  'block, last line a comment without line break': `${BLOCK_0.replace(/port: 1\n$/, '')}  # end`,
  'block, byte order mark and markers': `\uFEFF---\n${BLOCK_0}...\n`,
  'block in an indented root': '# c\n' + BLOCK_2.replace(/^(?=.)/gm, '   '),
  'flow on one line':
    'claude-api-key: [{api-key: sk-test-a}, {api-key: sk-test-b, prefix: b-}] # c\nport: 1\n',
  'flow, trailing comma':
    'claude-api-key: [{api-key: sk-test-a}, {api-key: sk-test-b, prefix: b-},]\nport: 1\n',
  'flow, trailing comma and space':
    'claude-api-key: [ {api-key: sk-test-a}, {api-key: sk-test-b}, ]\nport: 1\n',
  'flow on many lines':
    'claude-api-key: [\n    {api-key: sk-test-a}, # a\n    # between\n    {api-key: sk-test-b} # b\n    # end\n  ]\nport: 1\n',
  'flow on many lines, trailing comma':
    'claude-api-key: [\n    {api-key: sk-test-a},\n    {api-key: sk-test-b}, # b\n]\nport: 1\n',
  'flow, bracket on the last line':
    'claude-api-key: [\n    {api-key: sk-test-a},\n    {api-key: sk-test-b}]\nport: 1\n',
  'flow, comma first': 'claude-api-key:\n  [ {api-key: sk-test-a}\n  , {api-key: sk-test-b}\n  ]\nport: 1\n',
  'flow, comment after the first bracket':
    'claude-api-key: [ # c\n  {api-key: sk-test-a}, {api-key: sk-test-b} # d\n  ]\n',
  'flow, mappings on many lines':
    'claude-api-key: [{\n    "api-key": "sk-test-a", # key\n    "models": [\n      {"name": "ma"}, # m\n      {"name": "mb"}\n    ]\n  }, {\n    api-key: sk-test-b,\n    models:\n  }]\nport: 1\n',
  'flow, compact':
    '{"port":1,"claude-api-key":[{"api-key":"sk-test-a"},{"api-key":"sk-test-b","models":[]}]}',
  'flow, CRLF':
    'claude-api-key: [\r\n    {api-key: sk-test-a},\r\n    {api-key: sk-test-b}\r\n  ]\r\nport: 1\r\n',
  'same words elsewhere': `other:\n  claude-api-key: [1]\n${BLOCK_2}note: |\n  claude-api-key:\n`,
};
