// Reads {"name": "T-SQL", …} as JSON from standard input and writes [{"name", "line", "column", "message"}, …]: what the grammar of
// the ANTLR project (grammars-v4, as packed in antlr4ts-sql) does not accept. Run with NODE_PATH at the installed packages.
const tsql = 'antlr4ts-sql/dist/src/';
const { CharStreams, CommonTokenStream } = require('antlr4ts');
const { TSqlLexer } = require(tsql + 'grammar-output/tsql/TSqlLexer');
const { TSqlParser } = require(tsql + 'grammar-output/tsql/TSqlParser');
const { CaseChangingStream } = require(tsql + 'models/CaseChangingStream');

const errors = [];
for (const [name, text] of Object.entries(JSON.parse(require('fs').readFileSync(0, 'utf8')))) {
  const listener = { syntaxError: (_, __, line, column, message) => errors.push({ name, line, column, message }) };
  const lexer = new TSqlLexer(new CaseChangingStream(CharStreams.fromString(text), true));
  const parser = new TSqlParser(new CommonTokenStream(lexer));
  for (const part of [lexer, parser]) { part.removeErrorListeners(); part.addErrorListener(listener); }
  parser.tsql_file();
}
process.stdout.write(JSON.stringify(errors));
