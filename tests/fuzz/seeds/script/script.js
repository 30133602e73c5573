var a="http://example.com/a.js", b='//cdn.example/b.css?v=1'; var c = "https:\/\/example.com\/c.png\u0026d=.js";
x("http://example.com/"+d+".js"); y('http://no/e.js'); // it's "
z("https://example.com/f.json")